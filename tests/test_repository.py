"""What contributors and hubs meet: forms, hooks, workflows, the citation, the container. Nothing is asked of GitHub."""

import json
import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.specifiers import SpecifierSet

COURSE = Path(__file__).resolve().parent.parent
GITHUB = COURSE / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")
PROJECT = tomllib.loads((COURSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
FIELDS = {"markdown", "input", "textarea", "dropdown", "checkboxes"}

by_name = {"ids": lambda path: path.name}


def load(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


# Forms ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FORMS, **by_name)
def test_a_form_has_what_github_requires(path):
    form = load(path)
    assert form["name"] and form["description"] and form["body"]
    assert {field["type"] for field in form["body"]} <= FIELDS
    asked = [field for field in form["body"] if field["type"] != "markdown"]
    assert any(field["validations"]["required"] for field in asked if "validations" in field)
    for part in ("id", "label"):
        values = [field["id"] if part == "id" else field["attributes"]["label"] for field in asked]
        assert len(set(values)) == len(values)
    for field in asked:
        assert re.fullmatch(r"[\w-]+", field["id"])
        if field["type"] == "dropdown":
            options = field["attributes"]["options"]
            assert len(options) > 1 and all(isinstance(option, str) for option in options)  # not a YAML yes or no
            assert "none" not in [option.lower() for option in options]  # GitHub's own word


def test_there_is_a_form_for_each_kind_of_report():
    assert {path.stem for path in FORMS} == {"wrong_sentence", "false_check", "does_not_install"}
    asked = {field["id"] for field in load(GITHUB / "ISSUE_TEMPLATE" / "false_check.yml")["body"]}
    assert asked >= {"lesson", "framework", "task", "answer", "message", "versions"}
    assert load(GITHUB / "ISSUE_TEMPLATE" / "config.yml").keys() <= {"blank_issues_enabled", "contact_links"}


# Workflows and updates ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", WORKFLOWS, **by_name)
def test_every_action_is_pinned_by_its_commit_with_the_version_beside_it(path):
    used = re.findall(r"uses: *(.+)", path.read_text(encoding="utf-8"))
    assert [use for use in used if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", use)] == []


def test_an_action_has_one_pin():
    used = set(re.findall(r"uses: *(\S+)", "\n".join(path.read_text(encoding="utf-8") for path in WORKFLOWS)))
    assert len({use.partition("@")[0] for use in used}) == len(used) > 0


@pytest.mark.parametrize("path", WORKFLOWS, **by_name)
def test_a_workflow_says_what_it_may_do_and_how_long(path):
    workflow = load(path)
    assert "write" not in str(workflow["permissions"])  # only a job that needs it may write
    assert all(job["timeout-minutes"] <= 90 for job in workflow["jobs"].values())


def test_what_runs_newer_packages_cannot_write():
    jobs = load(GITHUB / "workflows" / "newest.yml")["jobs"]
    assert jobs["try"]["permissions"] == {"contents": "read"}
    assert jobs["report"]["permissions"] == {"issues": "write"}
    assert jobs["report"]["needs"] == "try" and jobs["report"]["if"] == "failure()"


def test_updates_come_once_a_week_in_groups():
    updates = {update["package-ecosystem"]: update for update in load(GITHUB / "dependabot.yml")["updates"]}
    assert updates.keys() == {"pip", "github-actions"}
    assert all(update["schedule"] == {"interval": "weekly"} and update["groups"] for update in updates.values())


# Hooks ----------------------------------------------------------------------------------------------------------------


def test_hooks_run_the_tools_of_the_environment():
    """No repository with versions of its own."""
    (repository,) = load(COURSE / ".pre-commit-config.yaml")["repos"]
    assert repository["repo"] == "local"
    assert all(hook["entry"].startswith(".venv/bin/python -m ") for hook in repository["hooks"])
    assert {hook["id"] for hook in repository["hooks"]} == {"ruff-check", "ruff-format", "mypy"}


# Citation -------------------------------------------------------------------------------------------------------------


def test_the_citation_agrees_with_the_project():
    citation = load(COURSE / "CITATION.cff")
    assert citation["cff-version"] == "1.2.0"
    assert citation["message"] and citation["authors"] == [{"name": "The course's contributors"}]
    assert citation["title"] == PROJECT["description"]
    assert (str(citation["version"]), citation["license"]) == (PROJECT["version"], PROJECT["license"])


# Containers -----------------------------------------------------------------------------------------------------------


def dockerfile():
    """(instruction, the rest) of each line of the Dockerfile."""
    text = (COURSE / "Dockerfile").read_text(encoding="utf-8")
    return [tuple(line.split(maxsplit=1)) for line in text.splitlines() if line and not line.startswith("#")]


def devcontainer():
    text = (COURSE / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8")
    return json.loads(re.sub(r"^ *//.*", "", text, flags=re.MULTILINE))


def test_containers_install_as_make_does_and_run_no_root():
    lines = dockerfile()
    assert any(instruction == "RUN" and "python tools/install.py" in rest for instruction, rest in lines)
    user = [instruction for instruction, _ in lines].index("USER")
    assert all(instruction != "USER" for instruction, _ in lines[user + 1 :])
    assert all("useradd" in rest for instruction, rest in lines[:user] if instruction == "RUN")  # all that root does
    assert devcontainer()["postCreateCommand"].startswith("python tools/install.py ")
    assert devcontainer()["remoteUser"] != "root"


def test_containers_have_a_python_that_the_course_supports():
    supported = SpecifierSet(PROJECT["requires-python"])
    (image,) = (rest for instruction, rest in dockerfile() if instruction == "FROM")
    for name in (image, devcontainer()["image"]):
        assert re.search(r":(\d+\.\d+)-", name)[1] in supported


def test_the_container_opens_the_course_with_its_token():
    instruction, command = dockerfile()[-1]
    assert instruction == "CMD"
    assert "--ip=0.0.0.0" in json.loads(command)
    assert "token" not in command
    assert (COURSE / json.loads(command)[1]).is_file()


def test_the_image_leaves_out_what_git_ignores_too():
    left_out = (COURSE / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert {".git", ".venv", "work", "data/cache"} <= set(left_out)
