"""What courses and lessons are in the words of schema.org, for machines that list them.

Facts about a page and nothing that is asked on it: no question, no choice, no answer.
"""

from collections.abc import Sequence
from typing import Any

from learn.models import Course, Lesson

CONTEXT = "https://schema.org"

type Data = dict[str, Any]


def graph(*things: Data) -> Data:
    """Return things as one document."""
    return {"@context": CONTEXT, "@graph": list(things)}


def website(address: str, *, name: str, description: str, search: str) -> Data:
    """Return the site: its name, and where one searches in it."""
    return {
        "@type": "WebSite",
        "name": name,
        "url": address,
        "description": description,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }


def course_data(
    course: Course, *, address: str, home: str, description: str, minutes: int, image: str
) -> Data:
    """Return a course, which anybody may take at any time."""
    data = {
        "@type": "Course",
        "name": course.title,
        "url": address,
        "description": description,
        "inLanguage": course.language,
        "isAccessibleForFree": True,
        "image": image,
        "provider": {"@type": "Organization", "name": "Checkmark", "url": home},
        "offers": {"@type": "Offer", "category": "Free"},
        "hasCourseInstance": {
            "@type": "CourseInstance",
            "courseMode": "Online",
            "courseWorkload": duration(minutes),
        },
    }
    return data | ({"license": course.licence} if course.licence else {})


def lesson_data(
    lesson: Lesson, *, address: str, course_address: str, description: str, image: str
) -> Data:
    """Return a lesson and the course that it is part of; ``live`` must be loaded."""
    live = lesson.live
    if live is None:
        return {}
    data = {
        "@type": "LearningResource",
        "name": live.title,
        "url": address,
        "description": description,
        "learningResourceType": "Lesson",
        "inLanguage": lesson.course.language,
        "isAccessibleForFree": True,
        "timeRequired": duration(live.minutes),
        "dateModified": live.created_at.isoformat(timespec="seconds"),
        "image": image,
        "isPartOf": {"@type": "Course", "name": lesson.course.title, "url": course_address},
    }
    listed = {"teaches": live.objectives, "keywords": live.tags}
    return data | {name: values for name, values in listed.items() if values}


def quiz_data(lesson: Lesson, *, address: str, lesson_address: str, description: str) -> Data:
    """Return a lesson's knowledge check: that there is one, and on what."""
    title = lesson.live.title if lesson.live else lesson.slug
    return {
        "@type": "Quiz",
        "name": description,
        "url": address,
        "learningResourceType": "Quiz",
        "inLanguage": lesson.course.language,
        "isAccessibleForFree": True,
        "about": {"@type": "Thing", "name": title},
        "isPartOf": {"@type": "LearningResource", "name": title, "url": lesson_address},
    }


def breadcrumbs(places: Sequence[tuple[str, str]]) -> Data:
    """Return the way from the site's first page to this one: names and addresses."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": address}
            for position, (name, address) in enumerate(places, start=1)
        ],
    }


def duration(minutes: int) -> str:
    """Return minutes as ISO 8601 writes them, as in ``PT1H5M``."""
    hours, rest = divmod(minutes, 60)
    return f"PT{f'{hours}H' if hours else ''}{f'{rest}M' if rest or not hours else ''}"
