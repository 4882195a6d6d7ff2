"""Scenarios: read, set, asked, pickled; and what is wrong with them."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

import detente

from .conftest import THREAT

BROKEN = "actor us\noutcome war\nplay { end wra }\n"


def test_scenarios_are_read_and_told() -> None:
    scenario = detente.Scenario.parse(THREAT, "threat.detente")
    assert scenario.numbers == {"x": 3.0, "y": 2.0}
    assert scenario.set_numbers == {}
    assert list(scenario.outcomes) == ["peace", "yield", "war"]
    assert scenario.questions == {"Is there war?": "p(war)"}
    assert scenario.text == THREAT
    assert detente.Scenario.load("chicken").path == Path("chicken.detente")


def test_numbers_are_set_on_another_scenario() -> None:
    scenario = detente.Scenario.parse(THREAT)
    other = scenario.with_({"x": 1}).with_(y=4)
    assert other.set_numbers == {"x": 1.0, "y": 4.0}
    assert scenario.numbers["x"] == 3.0
    assert repr(other).endswith("x=1, y=4>")
    assert other.ask("p(war)", precision=5.0) != scenario.ask("p(war)", precision=5.0)
    crash = detente.Scenario.load("chicken")
    with pytest.raises(detente.DetenteError, match="did you mean `crash`"):
        crash.with_(crahs=3)
    with pytest.raises(detente.DetenteError, match="finite"):
        crash.with_(crash=float("nan"))


def test_errors_carry_what_the_terminal_shows_and_each_diagnostic() -> None:
    with pytest.raises(detente.ScenarioError) as caught:
        detente.Scenario.parse(BROKEN, "broken.detente")
    error = caught.value
    assert isinstance(error, detente.DetenteError)
    assert "--> broken.detente:3:12" in str(error)
    first = error.diagnostics[0]
    assert (first.severity, first.file, first.line, first.column) == ("error", "broken.detente", 3, 12)
    assert first.help == "did you mean `war`?"
    again = pickle.loads(pickle.dumps(error))
    assert again.diagnostics == error.diagnostics and str(again) == str(error)


def test_queries_and_paths_and_limits_that_are_wrong() -> None:
    scenario = detente.Scenario.parse(THREAT)
    with pytest.raises(detente.ScenarioError, match="did you mean"):
        scenario.ask("p(wat)")
    with pytest.raises(detente.ScenarioError, match="no finite value"):
        scenario.with_(x=9).ask("p(war)")
    with pytest.raises(detente.DetenteError, match="did you mean .*chicken"):
        detente.Scenario.load("chiken")
    with pytest.raises(detente.LimitError):
        scenario.ask("p(war)", max_nodes=2)
    with pytest.raises(detente.DetenteError, match="not below 0"):
        scenario.solve(precision=-1.0)
    with pytest.raises(detente.DetenteError, match="give seconds"):
        scenario.solve(time_limit=-1.0)


def test_answers_without_a_value_and_answers_not_to_be_trusted() -> None:
    scenario = detente.Scenario.load("us-iran-2025")
    with pytest.warns(detente.UntrustworthyWarning):
        scenario.ask("p(war)", time_limit=0.0)
    never = detente.Scenario.parse(THREAT.replace("ask", "param z = 0\nask", 1))
    assert never.ask("p(war given z > 1)") is None
    assert list(never.ask_all(["p(war)", "p(peace)"])) == ["p(war)", "p(peace)"]


def test_scenarios_travel_with_what_they_include(tmp_path: Path) -> None:
    (tmp_path / "numbers.detente").write_text("param x = 3 in 0 .. 9\n", encoding="utf-8")
    main = tmp_path / "main.detente"
    main.write_text('use "numbers.detente"\n' + THREAT.split("\n", 1)[1], encoding="utf-8")
    scenario = detente.Scenario.load(main).with_(y=3)
    packed = pickle.dumps(scenario)
    (tmp_path / "numbers.detente").unlink()
    again = pickle.loads(packed)
    assert again.numbers == {"y": 3.0, "x": 3.0} and again.set_numbers == {"y": 3.0}
    assert again.ask("p(war)", precision=3.0) == scenario.ask("p(war)", precision=3.0)


def test_warnings_are_kept() -> None:
    odd = THREAT.replace("param y", "param unused = 3\nparam y")
    warnings = detente.Scenario.parse(odd).warnings
    assert [warning.severity for warning in warnings] == ["warning"]
