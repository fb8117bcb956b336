"""How far people come, counted by the database in the moment a draft is sent or erased (docs/adr/0026-hints.md).

Triggers, because whatever sends or erases a draft counts then, exactly once and in the same transaction, and sending
still asks the database for one write only. A draft that is erased counts for the month in which it was last used, a
sent one for the month of sending.
"""

import pgtrigger

CALLBACK = "callback"  # stands among the visited pages of those who said "please call me"

_INSERT = """
    INSERT INTO intake_stepcount (office_id, month_on, language, step, reached, left_here, sent)
    SELECT office_id, month_on, language, step,
           count(*), count(*) FILTER (WHERE is_last), count(*) FILTER (WHERE is_sent)
    FROM (
        SELECT draft.office_id, draft.language, page.step, {is_sent} AS is_sent,
               date_trunc('month', draft.{moment} AT TIME ZONE 'Europe/Berlin')::date AS month_on,
               NOT {is_sent} AND page.number = cardinality(draft.visited_steps) AS is_last
        FROM {drafts} AS draft, unnest(draft.visited_steps) WITH ORDINALITY AS page(step, number)
        {condition}
    ) AS walked
    GROUP BY office_id, month_on, language, step
    ORDER BY office_id, month_on, language, step  -- everybody locks in one order, so nobody waits for ever
    ON CONFLICT (office_id, month_on, language, step) DO UPDATE SET
        reached = intake_stepcount.reached + excluded.reached,
        left_here = intake_stepcount.left_here + excluded.left_here,
        sent = intake_stepcount.sent + excluded.sent;
    RETURN NULL;
"""


class WhenSent(pgtrigger.Trigger):
    """A draft becomes an enquiry: its pages were reached, and led to sending."""

    name = "count_sent"
    when = pgtrigger.After
    operation = pgtrigger.Update
    condition = pgtrigger.Q(old__state="draft") & ~pgtrigger.Q(new__state="draft")

    def get_func(self, model):
        return _INSERT.format(drafts="(SELECT NEW.*)", moment="sent_at", is_sent="TRUE", condition="")


class WhenErased(pgtrigger.Trigger):
    """Drafts go, whether their time is over or the person wished it: the last page they saw is where they left."""

    name = "count_erased"
    level = pgtrigger.Statement
    when = pgtrigger.After
    operation = pgtrigger.Delete
    referencing = pgtrigger.Referencing(old="old_values")

    def get_func(self, model):
        condition = "WHERE draft.state = 'draft'"
        return _INSERT.format(drafts="old_values", moment="last_used_at", is_sent="FALSE", condition=condition)
