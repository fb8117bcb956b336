"""Dockerfile and compose.yaml, read without an engine: pinned, without rights, and nothing named that is not there."""

import importlib.util
import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from .test_variables import documented

ROOT = Path(__file__).parents[2]
IMAGE = re.compile(r"[a-z/]+:\d[\w.-]+(@sha256:[0-9a-f]{64})?")
ENDING = {"migrate", "backup"}
OURS = ("web", "worker", "beat", *sorted(ENDING))


def instructions() -> list[tuple[str, str]]:
    """(instruction, its words) of the Dockerfile, comments left out and continued lines joined."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE)
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    return [tuple(line.split(maxsplit=1)) for line in lines if line.strip()]


def stages() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for instruction, words in instructions():
        if instruction == "FROM":
            found[words.split()[-1]] = []
        found[list(found)[-1]].append((instruction, words))
    return found


def of(kind: str, stage: str = "portal") -> list[str]:
    return [words for instruction, words in stages()[stage] if instruction == kind]


@pytest.fixture(scope="module")
def compose() -> dict:
    return yaml.safe_load((ROOT / "compose.yaml").read_text())


def test_bases_are_pinned_and_stages_named():
    for words in (words for instruction, words in instructions() if instruction == "FROM"):
        image, _as, _name = words.split()
        assert IMAGE.fullmatch(image), image


def test_the_image_runs_without_rights_and_says_how_it_is():
    assert of("USER") == ["10001:10001"]
    assert stages()["portal"][-1][0] == "CMD"
    assert json.loads(of("CMD")[0]) == ["gunicorn"]
    (check,) = of("HEALTHCHECK")
    assert json.loads(check.partition("CMD ")[2]) == ["python", "deploy/healthcheck.py"]
    kinds = [instruction for instruction, _ in stages()["portal"]]
    assert kinds.index("USER") > max(n for n, kind in enumerate(kinds) if kind in {"RUN", "COPY"})


def test_nothing_is_added_from_elsewhere_and_no_secret_is_baked_in():
    assert "ADD" not in {instruction for instruction, _ in instructions()}
    for instruction, words in instructions():
        if instruction in {"ENV", "ARG"}:
            secret = {name for name, is_secret in documented().items() if is_secret}
            assert not secret & set(re.findall(r"\b([A-Z0-9_]+)=", words)), words


def test_packages_of_the_system_leave_no_lists():
    for instruction, words in instructions():
        if instruction == "RUN" and "apt-get install" in words:
            assert "--no-install-recommends" in words
            assert "rm -rf /var/lib/apt/lists/*" in words
            assert "sudo" not in words
        if instruction == "RUN" and "pip install" in words:
            assert "--no-cache-dir" in words
            assert "==" in words


def copied() -> list[str]:
    """What the Dockerfile takes out of the checkout."""
    found = []
    for instruction, words in instructions():
        if instruction == "COPY" and "--from=" not in words:
            found += words.split()[:-1]
    return found


def test_everything_copied_exists_and_reaches_the_builder():
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert "*" in ignored
    for source in copied():
        assert (ROOT / source).exists(), source
        assert f"!{source}" in ignored, source


def test_stages_copy_from_earlier_stages():
    earlier: list[str] = []
    for name, lines in stages().items():
        for _, words in (line for line in lines if line[0] == "COPY"):
            if taken := re.match(r"--from=(\S+)", words):
                assert taken[1] in earlier
        earlier.append(name)


def test_uv_and_python_are_those_of_the_project():
    from prepare.packages import UV

    assert any(UV in words for words in of("RUN", "packages"))
    pythons = {words.split()[0] for kind, words in instructions() if kind == "FROM" and words.startswith("python")}
    assert len(pythons) == 1


@pytest.mark.parametrize("script", ["deploy/postgres-roles.sh"])
def test_shell_scripts_are_whole(script):
    path = ROOT / script
    assert path.stat().st_mode & 0o111
    assert subprocess.run(["bash", "-n", path], check=False).returncode == 0  # noqa: S603, S607


def test_every_service_is_locked_down(compose):
    for name, service in compose["services"].items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert "no-new-privileges:true" in service["security_opt"], name
        assert "privileged" not in service, name
        assert service["mem_limit"], name
        assert service["restart"] == ("no" if name in ENDING else "unless-stopped"), name
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", [])), name
        if name not in OURS:  # our own image has its user built in
            assert IMAGE.fullmatch(service["image"]), name
            assert service["user"] not in {"root", "0", "0:0"}, name


def test_every_service_says_how_it_is_but_those_that_end(compose):
    for name, service in compose["services"].items():
        if name in ENDING:
            assert service["healthcheck"] == {"disable": True}
        elif name != "web":  # the image's own
            assert service["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}, name


def test_the_portal_starts_after_what_it_needs(compose):
    for name in ("web", "worker", "beat"):
        assert compose["services"][name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
    assert compose["services"]["migrate"]["depends_on"]["postgres"]["condition"] == "service_healthy"


def test_every_variable_is_documented_and_no_secret_stands_in_the_file(compose):
    known = documented()
    for name in OURS:
        for variable, value in compose["services"][name]["environment"].items():
            base = variable.removesuffix("_FILE")
            assert base in known, variable
            if known[base]:
                assert variable.endswith("_FILE"), variable
                assert value.removeprefix("/run/secrets/") in compose["services"][name]["secrets"], variable
    given = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "compose.yaml").read_text())) - {"PORTAL_VERSION"}
    assert given <= set(known)


def test_secrets_networks_and_volumes_are_declared(compose):
    declared = {f"./secrets/{name}" for name in compose["secrets"]}
    assert declared == {secret["file"] for secret in compose["secrets"].values()}
    for service in compose["services"].values():
        assert set(service.get("secrets", [])) <= set(compose["secrets"])
        assert set(service["networks"]) <= set(compose["networks"])
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            # The manual says how the folder of backups is made.
            assert source in compose["volumes"] or source == "./backups" or (ROOT / source).exists(), volume


def test_only_the_owner_of_the_tables_migrates(compose):
    for name in ("web", "worker", "beat"):
        assert "database_owner_url" not in compose["services"][name]["secrets"]
        assert "DATABASE_OWNER_URL_FILE" not in compose["services"][name]["environment"]


def test_the_backup_is_the_owners_has_peoples_files_and_runs_by_hand_only(compose):
    backup, web = compose["services"]["backup"], compose["services"]["web"]
    assert backup["profiles"] == ["by-hand"]
    assert "DATABASE_OWNER_URL_FILE" in backup["environment"]
    assert set(web["volumes"]) <= set(backup["volumes"])
    assert backup["command"][-1] in {volume.split(":")[1] for volume in backup["volumes"]}
    assert "docker compose run --rm backup" in (ROOT / "docs/operations.md").read_text()


def test_commands_name_what_exists(compose):
    for name in OURS:
        words = " ".join(compose["services"][name].get("command", []))
        for script in re.findall(r"[\w/]+\.py", words):
            assert (ROOT / script).exists(), script
        for module in re.findall(r"(\w+(?:\.\w+)+):app", words):
            assert importlib.util.find_spec(module), module
        program = shlex.split(words)[0] if words else "gunicorn"
        assert program in {"gunicorn", "celery", "sh", "python"}


@pytest.mark.skipif(
    not shutil.which("docker")
    or subprocess.run(["docker", "compose", "version"], capture_output=True, check=False).returncode != 0,  # noqa: S607
    reason="docker compose is not on this machine",
)
def test_compose_itself_reads_the_file():
    done = subprocess.run(
        ["docker", "compose", "config", "--quiet"],  # noqa: S607
        cwd=ROOT,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "SITE_URL": "x", "ALLOWED_HOSTS": "x", "MAIL_FROM": "x"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
