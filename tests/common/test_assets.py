"""What the browser gets: weight, hosts, sides, names that exist."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.base import ContentFile

ROOT = Path(settings.BASE_DIR)
BUILT = Path(settings.STATICFILES_DIRS[0])
OWN_SHEETS = sorted((ROOT / "assets/css").glob("*.css"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SHEETS = ["founder.css", "founder.rtl.css", "staff.css", "staff.rtl.css"]
BASES = ("base_founder.html", "base_staff.html")
FOUNDER_BUDGET = 18_000  # bytes, compressed; issue "One command shows the whole journey", figures
# KERN's own names, whatever we build of them.
KERN = (ROOT / "node_modules/@kern-ux/native/dist/kern.min.css").read_text()


def built(name: str) -> str:
    path = BUILT / "css" / name
    assert path.exists(), f"{path} is missing: npm run build"
    return path.read_text()


@pytest.mark.parametrize("name", ["founder.css", "founder.rtl.css"])
def test_the_founders_sheet_is_light(name):
    assert len(gzip.compress(built(name).encode(), 6)) <= FOUNDER_BUDGET


@pytest.mark.parametrize("name", ["founder.css", "founder.rtl.css"])
def test_the_founders_side_loads_no_font(name):
    assert "@font-face" not in built(name)


@pytest.mark.parametrize("name", SHEETS)
def test_sheets_load_nothing_from_elsewhere(name):
    sheet = built(name)
    found = [a.strip("\"'") for a in re.findall(r"url\((.*?)\)", sheet) if not a.strip("\"'").startswith("data:")]
    assert "sourceMappingURL" not in sheet
    assert "@import" not in sheet
    for address in found:
        assert (BUILT / "css" / address).resolve().is_file(), address
    # namespaces inside data: pictures are names, not addresses
    rest = sheet.replace("http://www.w3.org/2000/svg", "").replace("http%3A//www.w3.org/2000/svg", "")
    assert "://" not in rest.replace("%3A%2F%2Fwww.w3.org", "")


@pytest.mark.parametrize("name", SHEETS)
def test_every_variable_that_is_used_is_set(name):
    """Purging must not take away what KERN's colours hang on; old browsers get no oklch()."""
    sheet = built(name)
    used = set(re.findall(r"var\((--[\w-]+)\)", sheet))
    assert len(used) > 50
    assert {v for v in used if f"{v}:" not in sheet} == set()
    assert not re.search(r"@media[^{]*[<>]", sheet)
    assert "oklch(" not in re.sub(r"color-mix\(.*?\)\s*\)", "", sheet)


@pytest.mark.parametrize("side", ["founder", "staff"])
def test_the_arabic_sheet_is_the_mirrored_one(side):
    left, right = built(f"{side}.css"), built(f"{side}.rtl.css")
    assert len(left) == pytest.approx(len(right), rel=0.01)
    assert ".kern-form-input--error{border-left:" in left
    assert ".kern-form-input--error{border-right:" in right
    tick = re.compile(r"checkbox:checked:before\{[^}]*\}")
    assert tick.search(left).group() == tick.search(right).group()


@pytest.mark.parametrize("sheet", OWN_SHEETS, ids=lambda p: p.name)
def test_our_own_rules_know_no_left_and_right(sheet):
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    physical = re.compile(
        r"(?:^|[\s;{])(?:(?:margin|padding|border)-(?:left|right|top|bottom)[\w-]*|(?:left|right|top|bottom)"
        r"|(?:text-align|float|clear)\s*:\s*(?:left|right))\s*[:;]"
    )
    assert [line for line in text.splitlines() if physical.search(f" {line.strip()} ;")] == []


def classes_in(path: Path) -> set[str]:
    """Class names a template spells out; what template tags put together is left to the safelist of the build."""
    text = re.sub(r"\{%\s*comment\s*%\}.*?\{%\s*endcomment\s*%\}", "", path.read_text(), flags=re.DOTALL)
    text = re.sub(r"\S*\{\{.*?\}\}\S*", " ", text)
    names = set()
    for value in re.findall(r'class="(.*?)"[\s>]', re.sub(r"\{%.*?%\}", " ", text)):
        names |= {n for n in value.split() if re.fullmatch(r"(kern|gw)-[\w-]*[\w]", n)}
    return names


# Names of KERN's components that have no rule of their own.
WITHOUT_RULES = {"kern-table__head"}


def test_every_class_in_a_template_exists():
    ours = "".join(sheet.read_text() for sheet in OWN_SHEETS)
    unknown = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in TEMPLATES
        for name in classes_in(path)
        if name not in WITHOUT_RULES and not re.search(rf"\.{name}(?![\w-])", KERN + ours)
    }
    assert unknown == set()


def test_the_founders_sheet_has_every_class_of_its_pages():
    sheet = built("founder.css")
    folders_of = {base: {p.parent for p in TEMPLATES if f'"{base}"' in p.read_text()} for base in BASES}
    staff_only = folders_of["base_staff.html"] - folders_of["base_founder.html"] - {ROOT / "templates"}
    pages = [p for p in TEMPLATES if p.parent not in staff_only and p.name != "base_staff.html"]
    assert len(pages) > 10
    ours = "".join(s.read_text() for s in OWN_SHEETS if s.name not in ("staff.css", "fonts.css"))
    missing = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in pages
        for name in classes_in(path)
        if re.search(rf"\.{name}(?![\w-])", KERN + ours) and not re.search(rf"\.{name}(?![\w-])", sheet)
    }
    assert missing == set()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT / "templates")))
def test_templates_obey_the_content_security_policy(template):
    text = re.sub(r"\{%\s*comment\s*%\}.*?\{%\s*endcomment\s*%\}", "", template.read_text(), flags=re.DOTALL)
    assert not re.search(r"<style|\sstyle=", text)
    assert not re.search(r"\son[a-z]+=", text)
    assert not re.search(r"javascript:", text)
    # A block of JSON is data: no browser runs it.
    assert all("src=" in tag or "application/json" in tag for tag in re.findall(r"<script[^>]*>", text))
    assert not re.search(r"""(?:src|action|srcset)=["']?(?:https?:)?//""", text)


def test_scripts_make_no_code_from_text():
    own = (ROOT / "assets/js/portal.js").read_text()
    assert not re.search(r"\beval\(|new Function|innerHTML|document\.write|\.style\b", own)


def test_addresses_survive_hashed_names(tmp_path):
    """Manifest storage rewrites url(...) in sheets: fonts must be found, data: pictures left alone."""
    storage = ManifestStaticFilesStorage(location=tmp_path)
    files = [p for p in BUILT.rglob("*") if p.is_file()]
    assert len(files) > 6
    for path in files:
        storage.save(str(path.relative_to(BUILT)), ContentFile(path.read_bytes()))
    results = list(
        storage.post_process({str(p.relative_to(BUILT)): (storage, str(p.relative_to(BUILT))) for p in files})
    )
    assert [r for r in results if isinstance(r[2], Exception)] == []
    sheet = (tmp_path / storage.stored_name("css/staff.css")).read_text()
    assert re.search(r"url\([\"']?\.\./fonts/fira-sans-400\.[0-9a-f]{12}\.woff2", sheet)
    assert sheet.count("url(data:") + sheet.count('url("data:') == built("staff.css").count("data:image")
