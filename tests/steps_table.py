"""Prints after the tests how many steps each job took, as `record_property` noted it."""

import pytest

JOB = "job"  # of properties (job, steps taken, steps allowed, where it begins)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print one line for each job that was done, and how many steps it may take."""
    passed = terminalreporter.stats.get("passed", [])
    rows = [value for one in passed for name, value in one.user_properties if name == JOB]
    if rows:
        terminalreporter.section("jobs and their steps")
        for job, steps, most, begins in rows:
            terminalreporter.write_line(f"{steps} of {most}  {job} (from {begins})")
