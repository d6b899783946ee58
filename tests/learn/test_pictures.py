"""Uploaded pictures: told by content, encoded anew, nothing in them that runs or loads."""

import io
import re
import struct
import zlib
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from learn.pictures import (
    LARGEST_FILE,
    MOST_PIXELS,
    WIDEST,
    PictureRefusedError,
    picture_name,
    safe_picture,
)
from learn.safe_svg import UnsafeSvgError, safe_svg

XMLNS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def encoded(image, format_, **options):
    target = io.BytesIO()
    image.save(target, format_, **options)
    return target.getvalue()


def opened(picture):
    return Image.open(io.BytesIO(picture.content))


def svg(inner, attributes=""):
    return f"<svg {XMLNS} {attributes}>{inner}</svg>".encode()


def png_header(width, height):
    """A PNG that claims a size and holds nothing."""
    claim = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", claim), (b"IDAT", b"nothing")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


@pytest.mark.parametrize(
    ("format_", "extension"), [("PNG", "png"), ("JPEG", "jpg"), ("WEBP", "webp"), ("GIF", "png")]
)
def test_each_format_is_told_by_its_content(format_, extension):
    picture = safe_picture(encoded(Image.new("RGB", (40, 30), "teal"), format_))
    assert picture.extension == extension
    assert opened(picture).size == (40, 30)


def test_a_wide_picture_is_resized_in_proportion():
    picture = safe_picture(encoded(Image.new("RGB", (4000, 1000)), "JPEG"))
    assert opened(picture).size == (WIDEST, 500)


def test_metadata_is_gone_and_the_picture_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "a camera that knows where you live"
    picture = safe_picture(encoded(Image.new("RGB", (40, 20)), "JPEG", exif=exif))
    assert opened(picture).size == (20, 40)
    assert not opened(picture).getexif()
    assert b"camera" not in picture.content


def test_bytes_behind_a_picture_are_gone():
    picture = safe_picture(encoded(Image.new("RGB", (4, 4)), "PNG") + b"<script>alert(1)</script>")
    assert b"script" not in picture.content


def test_transparency_is_kept():
    image = Image.new("RGBA", (4, 4), (0, 0, 0, 0))
    assert opened(safe_picture(encoded(image, "PNG"))).getpixel((0, 0)) == (0, 0, 0, 0)
    palette = encoded(image.convert("P"), "GIF", transparency=0)
    assert opened(safe_picture(palette)).has_transparency_data


def test_a_moving_picture_becomes_its_first_frame():
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("red", "blue")]
    moving = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert getattr(opened(safe_picture(moving)), "n_frames", 1) == 1


def test_print_colours_become_screen_colours():
    assert opened(safe_picture(encoded(Image.new("CMYK", (4, 4)), "JPEG"))).mode == "RGB"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\x89PNG" + b"x" * LARGEST_FILE, "too-large"),
        (b"MZ\x90 a program", "unknown"),
        (b"%PDF-1.7", "unknown"),
        (b"GIF89a<script>alert(1)</script>", "unknown"),
        (b"<html><script>alert(1)</script></html>", "unsafe-svg"),
        (b"<?php system('id');", "unsafe-svg"),
        (png_header(5_001, 5_000), "too-many-pixels"),
        (png_header(65_000, 65_000), "too-many-pixels"),
        (png_header(100, 100), "broken"),
        (encoded(Image.new("RGB", (9, 9)), "TIFF"), "unknown"),
        (encoded(Image.new("RGB", (200, 200), "red"), "PNG")[:90], "broken"),
    ],
)
def test_what_is_no_picture_is_refused(content, code):
    with pytest.raises(PictureRefusedError) as refused:
        safe_picture(content)
    assert refused.value.code == code


def test_the_cap_is_what_it_says():
    assert MOST_PIXELS == 25_000_000


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=200), st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"\xff\xd8"])
)
def test_any_bytes_are_taken_or_refused(content, start):
    try:
        safe_picture(start + content)
    except PictureRefusedError:
        return


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("Job queue (final).PNG", "job-queue-final.png"),
        ("../../etc/passwd", "passwd.png"),
        ("C:\\photos\\Über uns.jpeg", "uber-uns.png"),
        ("очередь.png", "picture.png"),
        (".htaccess", "htaccess.png"),
        ("a" * 300, "a" * 80 + ".png"),
        ("x.php\x00.png", "xphp.png"),
    ],
)
def test_names_are_plain(wanted, name):
    assert picture_name(wanted, "png") == name


ACTS = re.compile(
    rb"script|javascript|\bon\w+=|foreignobject|http(?!://www\.w3\.org/2000/svg\")|//(?!www\.w3)"
    rb"|@import|expression|data:|iframe|<image|<a[ >]|animate|<set|ENTITY|DOCTYPE|\\|behavior",
    re.IGNORECASE,
)
HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT>alert(1)</SCRIPT>",
    "<script href='https://evil.example/x.js'/>",
    "<script xlink:href='data:text/javascript,alert(1)'/>",
    "<g><script type='text/ecmascript'>alert(1)</script></g>",
    "<x:script xmlns:x='http://www.w3.org/2000/svg'>alert(1)</x:script>",
    "<h:script xmlns:h='http://www.w3.org/1999/xhtml'>alert(1)</h:script>",
    "<rect onclick='alert(1)'/>",
    "<rect ONLOAD='alert(1)'/>",
    "<g onbegin='alert(1)'/>",
    "<rect onfocus='alert(1)' tabindex='0'/>",
    "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'><b>x</b></body></foreignObject>",
    "<foreignObject><iframe xmlns='http://www.w3.org/1999/xhtml' src='//e.x'/></foreignObject>",
    "<a href='javascript:alert(1)'><text>x</text></a>",
    "<a xlink:href='https://evil.example'><text>x</text></a>",
    "<a xlink:href='java&#10;script:alert(1)'><rect/></a>",
    "<use href='https://evil.example/x.svg#a'/>",
    "<use xlink:href='data:image/svg+xml,x#a'/>",
    "<use href='//evil.example#a'/>",
    "<image href='https://evil.example/pixel.png'/>",
    "<image xlink:href='data:image/svg+xml;base64,PHN2Zz4='/>",
    "<image href='x' onerror='alert(1)'/>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<style>rect { fill: url(https://evil.example/x#a) }</style>",
    "<style>rect { background: url('//evil.example') }</style>",
    "<style>@font-face { src: url(https://evil.example/f) }</style>",
    "<style>rect { fill: u\\72l(//evil.example) }</style>",
    "<style>rect { background: image-set('https://evil.example' 1x) }</style>",
    "<style>rect { width: expression(alert(1)) }</style>",
    "<style>rect { behavior: url(#default#time2) }</style>",
    "<style>/**/@/**/import 'x'</style>",
    "<style><![CDATA[</style><script>alert(1)</script>]]></style>",
    "<rect style='fill:url(https://evil.example/#a)'/>",
    "<rect style='background-image:url(data:image/png;base64,x)'/>",
    "<rect fill='url(https://evil.example/x.svg#a)'/>",
    "<rect filter='url(//evil.example#f)'/>",
    "<rect style='-moz-binding:url(#x)' onmouseover='alert(1)'/>",
    "<animate attributeName='href' values='javascript:alert(1)'/>",
    "<a><set attributeName='href' to='javascript:alert(1)'/><text>x</text></a>",
    "<animateTransform onbegin='alert(1)'/>",
    "<handler xmlns:ev='http://www.w3.org/2001/xml-events' ev:event='load'>alert(1)</handler>",
    "<filter id='f'><feImage href='https://evil.example/x'/></filter>",
    "<text><textPath href='https://evil.example#a'>x</textPath></text>",
    "<linearGradient href='https://evil.example#a'/>",
    "<iframe src='javascript:alert(1)'/>",
    "<audio src='https://evil.example' onerror='alert(1)'/>",
    "<metadata><x onload='alert(1)'/></metadata>",
    "<?xml-stylesheet href='https://evil.example/x.css'?><rect/>",
    "<!-- <script>alert(1)</script> --><rect/>",
    "<title><script>alert(1)</script></title>",
    "<desc>&lt;img src=x onerror=alert(1)&gt;<script/></desc>",
    "<switch><foreignObject><script>alert(1)</script></foreignObject><rect/></switch>",
]


@pytest.mark.parametrize("payload", HOSTILE)
def test_nothing_hostile_is_left_in_a_drawing(payload):
    cleaned = safe_svg(svg(payload))
    root = ElementTree.fromstring(cleaned)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    # What is escaped text is shown, not read as markup.
    markup = re.sub(rb">[^<]*<", b"><", cleaned) if b"&lt;" in cleaned else cleaned
    assert not ACTS.search(markup), cleaned


def test_the_corpus_is_large_enough():
    assert len(HOSTILE) >= 40


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE svg [<!ENTITY a "ha">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        b'<!DOCTYPE svg SYSTEM "file:///etc/passwd"><svg xmlns="http://www.w3.org/2000/svg"/>',
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x"><svg/>',
        b"<svg>",
        b"<svg/>",
        b"<html xmlns='http://www.w3.org/1999/xhtml'/>",
        b"<?xml version='1.0' encoding='nonsense'?><svg xmlns='http://www.w3.org/2000/svg'/>",
        svg("<g>" * 100 + "</g>" * 100),
        svg("<g/>" * 20_001),
        b"\x00<svg/>",
        svg("x" * 3_000_000),
    ],
)
def test_what_cannot_be_made_safe_is_refused(content):
    with pytest.raises(UnsafeSvgError):
        safe_svg(content)


def test_copies_of_copies_are_not_kept():
    """A few lines could draw a thousand million rectangles."""
    levels = "".join(
        f"<g id='l{n}'>" + f"<use href='#l{n - 1}'/>" * 10 + "</g>" for n in range(1, 12)
    )
    assert b"<use" not in safe_svg(svg(f"<g id='l0'><rect/></g>{levels}"))


def test_an_ordinary_drawing_stays_as_it_is():
    drawing = svg(
        "<title>A queue</title><defs><linearGradient id='g'><stop offset='0' stop-color='red'/>"
        "</linearGradient><symbol id='s'><circle r='3'/></symbol></defs>"
        "<style>.a { fill: url(#g) } text { font: 12px sans-serif }</style>"
        "<rect class='a' width='10' height='5' fill='url(#g)' style='stroke:#000'/>"
        "<use xlink:href='#s' x='4'/><text x='1' aria-label='an image // of it'>a &lt; b</text>",
        "viewBox='0 0 10 5' role='img'",
    )
    cleaned = safe_svg(drawing).decode()
    for part in ("<title>A queue", "stop-color", ".a { fill: url(#g)", 'href="#s"', "a &lt; b",
                 'viewBox="0 0 10 5"', "an image // of it", 'style="stroke:#000"'):  # fmt: skip
        assert part in cleaned
    assert safe_svg(cleaned.encode()).decode() == cleaned
