"""All that the rules find in a record, together."""

from plans.record_facts import facts_of
from plans.record_regimen import RecordRegimen
from tests.plans.records import AS_NEEDED, BLUE, TODAY, line, make_record, supplies, visit


def test_counts_discharges_signals_and_doubts_are_of_one_day(holidays_of):
    record = make_record(
        lines=(line(BLUE, AS_NEEDED),),
        supplies=supplies(BLUE, "2026-07-01", "2026-08-01", "2026-09-01"),
        visits=(visit("2026-11-20 18:30"),),
    )

    facts = facts_of(record, holidays_of("england-and-wales"), TODAY)

    assert (facts.until, facts.regimen) == (TODAY, RecordRegimen.RELIEVER_ONLY)
    assert facts.counts.reliever_12m == 3
    assert [one.visit for one in facts.discharges] == ["V-1"]
    assert {"reliever-3-or-more", "review-after-attack-running"} <= {one.name for one in facts.signals}
    assert [one.name for one in facts.doubts] == ["no-preventer"]
