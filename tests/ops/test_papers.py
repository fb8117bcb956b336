"""The papers of the repository name what exists and agree with each other."""

import re
import shlex
import tomllib
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

ROOT = Path(__file__).parents[2]
PAPERS = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")),
    *(ROOT / "docs").rglob("*.md"),
]
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)#\s]+)[^)]*\)")
# https://yml.publiccode.tools/ 0.5: what has to be there.
REQUIRED = {
    "publiccodeYmlVersion", "name", "url", "softwareVersion", "releaseDate", "platforms", "categories",
    "developmentStatus", "softwareType", "description", "legal", "maintenance", "localisation",
}  # fmt: skip


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(paper):
    for target in LINK.findall(paper.read_text()):
        if urlsplit(target).scheme:
            continue
        assert (paper.parent / target).exists(), target


def test_publiccode_has_what_its_schema_asks_for():
    found = yaml.safe_load((ROOT / "publiccode.yml").read_text())
    assert set(found) >= REQUIRED
    assert found["softwareVersion"] == project()["version"]
    assert date.fromisoformat(found["releaseDate"])
    assert found["platforms"] == ["web"]
    assert found["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    assert found["softwareType"] == "standalone/web"
    assert found["legal"]["license"] == "EUPL-1.2"
    assert found["maintenance"]["type"] in {"internal", "contract", "community", "none"}
    assert all(contact["name"] for contact in found["maintenance"]["contacts"])
    assert set(found["localisation"]["availableLanguages"]) == {"de", "ar", "en"}
    for text in found["description"].values():
        assert len(text["genericName"]) <= 35
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert text["features"]


def test_the_changelog_has_the_version_of_the_project():
    headings = re.findall(r"^## \[(.+?)\](?: – (\S+))?$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert headings[0] == ("Unreleased", "")
    version, released = headings[1]
    assert version == project()["version"]
    assert date.fromisoformat(released)


def test_hooks_run_what_the_environment_has():
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())
    hooks = [hook for repo in config["repos"] for hook in repo["hooks"]]
    assert {"ruff", "ruff-format", "import-linter", "catalogues"} <= {hook["id"] for hook in hooks}
    for hook in hooks:
        program = shlex.split(hook["entry"])[0]
        assert program.startswith(".venv/bin/")
        assert (ROOT / program).exists(), program
        re.compile(hook.get("files", ""))


def test_drafts_say_that_they_are_drafts():
    drafts = [path for path in (ROOT / "docs/privacy").glob("*.md") if path.name != "README.md"]
    assert len(drafts) == 8
    for draft in drafts:
        assert "> **Entwurf.**" in draft.read_text(), draft.name
        assert f"privacy/{draft.name}" in (ROOT / "docs/operations.md").read_text(), draft.name
