"""The site's settings: they run with an empty environment and fail loudly on a wrong value."""

from pathlib import Path
from typing import Any

from django.utils.csp import CSP

from learn.accounts.environment import read_mail, read_providers
from learn.cache_server import read_cache
from learn.environment import (
    read_bool,
    read_databases,
    read_list,
    read_path,
    read_secret_key,
    read_site_url,
)

BASE_DIR = Path(__file__).resolve().parent.parent

# What a running site owns (database, secret key, static files, uploads) and what it serves.
CHECKMARK_VAR: Path = read_path("CHECKMARK_VAR", BASE_DIR / "var")
CHECKMARK_CONTENT: Path = read_path("CHECKMARK_CONTENT", BASE_DIR / "content")

DEBUG = read_bool("DEBUG", default=False)
# Set by `manage.py content watch` for the site that it starts: pages follow the folder.
WATCHES = read_bool("CHECKMARK_WATCH", default=False)
SECRET_KEY = read_secret_key(CHECKMARK_VAR)
ALLOWED_HOSTS = read_list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
# What links in feeds, site maps and shared pages begin with; empty takes it from each request.
SITE_URL = read_site_url()

MAIL = read_mail(CHECKMARK_VAR)
PROVIDERS = read_providers()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    *PROVIDERS.apps,
    "learn",
    "quizzes",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "learn.middleware.HealthMiddleware",
    "learn.serving.compression.StaticFilesMiddleware",
    "django_http_compression.middleware.HttpCompressionMiddleware",
    "learn.caching.middleware.KeepPagesMiddleware",
    "learn.middleware.StorageFaultMiddleware",
    "learn.middleware.UnspeakableAddressMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "learn.accounts.browser.ForgetVisitorMiddleware",
    "learn.accounts.refusing.RefusedFormMiddleware",
]

ROOT_URLCONF = "learn.urls"
WSGI_APPLICATION = "learn.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,  # allauth's pages are made of the elements that templates/ overrides
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "learn.views.watch.watching",
                "learn.views.preferences.preferred",
                "learn.views.offline.keeping",
                "learn.accounts.context.mail",
            ],
        },
    }
]

DATABASES = read_databases(CHECKMARK_VAR)
DATABASE_ROUTERS = ["learn.routers.SessionRouter"]
CACHES = read_cache(DATABASES)
AUTH_USER_MODEL = "learn.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "learn:home"
LOGOUT_REDIRECT_URL = "learn:home"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"  # no session for guests
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [BASE_DIR / "learn" / "locale"]
FORMAT_MODULE_PATH = ["learn.formats"]
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = CHECKMARK_VAR / "static"
# The style sheet is joined into the second folder before the files are collected.
STATIC_BUNDLE = CHECKMARK_VAR / "bundle"
SILENCED_SYSTEM_CHECKS = [
    "staticfiles.W004",  # the bundle is made at the first start
    # Names below this site's may be somebody else's, and a list in browsers is left after years.
    "security.W005",
    "security.W021",
]
STATICFILES_DIRS = [BASE_DIR / "static", STATIC_BUNDLE]
STORAGES = {
    "default": {"BACKEND": "learn.storage.DatabaseStorage"},
    "staticfiles": {"BACKEND": "learn.serving.compression.StaticStorage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "form-action": [CSP.SELF, *PROVIDERS.origins],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "learn.views.faults.csrf_failure"
SESSION_ENGINE = "learn.accounts.sessions"
SESSION_COOKIE_AGE = 365 * 24 * 60 * 60
# Behind a proxy that ends TLS the site must know that the person's own connection is encrypted.
HTTPS = read_bool("HTTPS", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# A folder that is watched is looked at on this machine, where there is no proxy; a probe asks past
# the proxy. Browsers remember for a month, not for years: whoever gives up TLS gets them back.
SECURE_SSL_REDIRECT = HTTPS and not WATCHES
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 30 * 24 * 60 * 60 if HTTPS else 0

MAILERS = MAIL.mailers
MAIL_IS_SENT = MAIL.is_sent
DEFAULT_FROM_EMAIL = SERVER_EMAIL = MAIL.sender

# Accounts are allauth's: https://docs.allauth.org. Where no mail is sent, the adapter leaves out
# the step that waits for a code.
ALLAUTH_TRUSTED_PROXY_COUNT = int(HTTPS)
ACCOUNT_ADAPTER = "learn.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "learn.accounts.forms.SignInForm",
    "signup": "learn.accounts.forms.SignUpForm",
    "add_email": "learn.accounts.forms.AddressForm",
    "change_password": "learn.accounts.forms.PasswordChangeForm",
    "set_password": "learn.accounts.forms.PasswordSetForm",
    "reset_password": "learn.accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "learn.accounts.forms.PasswordResetForm",
    "request_login_code": "learn.accounts.forms.CodeRequestForm",
    "confirm_login_code": "learn.accounts.forms.LoginCodeForm",
    "confirm_email_verification_code": "learn.accounts.forms.AddressCodeForm",
}
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
# Time enough for whoever reads or types slowly, and a new code for the asking, ten times as WCAG
# 2.2.1 has it; three wrong tries end it before.
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = 10
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = MAIL_IS_SENT
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Checkmark: "
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = not MAIL_IS_SENT
MFA_TOTP_ISSUER = "Checkmark"
# A code may change while it is typed (RFC 6238, 5.2), and a clock may be fast: one step each.
MFA_TOTP_TOLERANCE = 1
MFA_ADAPTER = "learn.accounts.factors.FactorAdapter"
MFA_FORMS = {
    "activate_totp": "learn.accounts.factor_forms.AddAppForm",
    "add_webauthn": "learn.accounts.factor_forms.AddPasskeyForm",
    "authenticate": "learn.accounts.factor_forms.SecondStepForm",
    "reauthenticate": "learn.accounts.factor_forms.SecondStepAgainForm",
}
SOCIALACCOUNT_PROVIDERS = PROVIDERS.options or {}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {
        "in_a_line": {"()": "learn.serving.logs.InALine"},
        "not_told": {"()": "learn.serving.logs.NotTold"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["in_a_line"],
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # A mistyped address or a strange host name is no news for the operator.
        "django.request": {"level": "ERROR", "filters": ["not_told"]},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        # That a server of databases is away is told once; a pool tells each time it looks.
        "psycopg.pool": {"level": "ERROR"},
    },
}
