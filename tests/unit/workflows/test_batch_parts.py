"""The small parts of a batch: cache watch, price, chunks, spool, and proposals that become questions."""

import asyncio
import json
from pathlib import Path

import pytest

from postwright.domain.finding import Layer
from postwright.domain.model import Usage
from postwright.domain.posting import SectionKind
from postwright.domain.reply import KeepLine, OpenQuestion, ProposalLine, Reply, ReplySection
from postwright.llm.prices import price_table
from postwright.prompting.library import Prompts
from postwright.workflows.many.cache_watch import CacheWatch
from postwright.workflows.many.chunks import Chunk, custom_id
from postwright.workflows.many.money import Tariff
from postwright.workflows.many.pricing import Pile, estimate
from postwright.workflows.many.spool import Spool
from postwright.workflows.proposals import as_questions
from postwright.workflows.rewriting import EMPTY, Editor, Options, review_posting
from support.models import ScriptedModel, an_answer

FILL = Usage(input=100, cache_write_1h=1_000, output=10)
HIT = Usage(input=100, cache_read=1_000, output=10)
MISS = Usage(input=1_100, output=10)
FIXTURES = Path(__file__).parents[3] / "fixtures"


class TestTheCacheWatch:
    def watch(self, *usages: Usage, raw: str = "{}") -> tuple[CacheWatch, list[str], list[str]]:
        notes: list[str] = []
        asked: list[str] = []
        watch = CacheWatch(notes.append)
        watch.ask_why = asked.append
        for number, usage in enumerate(usages):
            watch.see(an_answer(usage=usage, raw=raw if number else '{"id": "msg_good"}'))
        return watch, notes, asked

    def test_hits_are_weighed_by_tokens(self) -> None:
        watch, notes, _ = self.watch(FILL, *[HIT] * 9)
        assert watch.share == pytest.approx(0.9)
        assert notes == []

    def test_a_reply_that_neither_reads_nor_writes_counts_as_a_miss(self) -> None:
        watch, _, _ = self.watch(FILL, HIT, MISS, MISS)
        assert watch.share == pytest.approx(0.25)

    def test_a_cache_that_does_not_serve_is_told_once_and_asked_about(self) -> None:
        _, notes, asked = self.watch(FILL, *[FILL] * 8)
        assert len(notes) == 1
        assert "served 0 of 5" in notes[0]
        assert asked == ["msg_good"]

    def test_the_reason_is_told_when_the_api_gives_one(self) -> None:
        raw = json.dumps({"diagnostics": {"cache_miss_reason": {"type": "system_changed"}}})
        _, notes, asked = self.watch(FILL, *[FILL] * 8, raw=raw)
        assert notes[1] == "why the cache does not serve: the shared part of the prompt differs between requests"
        assert asked == ["msg_good", ""]

    def test_that_the_postings_differ_is_no_reason(self) -> None:
        raw = json.dumps({"diagnostics": {"cache_miss_reason": {"type": "messages_changed"}}})
        _, notes, _ = self.watch(FILL, *[FILL] * 8, raw=raw)
        assert len(notes) == 1

    def test_an_endpoint_without_a_cache_is_told_as_such(self) -> None:
        _, notes, asked = self.watch(*[MISS] * 8)
        assert "nothing is written to it" in notes[0]
        assert asked == []


class TestThePrice:
    def pile(self, postings: int = 100) -> Pile:
        pile = Pile()
        for _ in range(postings):
            pile.add("x" * 6_600)
        return pile

    def test_one_write_and_reads_after_it_are_counted(self) -> None:
        tariff = Tariff(price_table(), "claude-sonnet-5-5", "1h")
        price = estimate(self.pile(), "y" * 33_000, tariff)
        assert price.requests == 125
        assert price.usage.cache_write_1h == 10_000
        assert price.usage.cache_read == 1_250_000
        assert price.usd == pytest.approx(
            0.04 + 1.25 * 0.1 + (100 * 2_000 + 25 * 2_880) * 2e-6 + (100 * 880 + 25 * 220) * 10e-6, rel=0.01
        )
        assert not price.counted

    def test_batches_cost_half(self) -> None:
        live = estimate(self.pile(), "y" * 33_000, Tariff(price_table(), "claude-sonnet-5-5", "1h"))
        half = estimate(self.pile(), "y" * 33_000, Tariff(price_table(), "claude-sonnet-5-5", "1h", batch=True))
        assert live.usd is not None
        assert half.usd == pytest.approx(live.usd / 2)

    def test_a_model_without_a_price_has_an_unknown_one(self) -> None:
        price = estimate(self.pile(), "y", Tariff(price_table(), "llama"))
        assert price.usd is None
        assert price.as_data()["usd"] is None

    def test_nothing_to_ask_costs_nothing(self) -> None:
        price = estimate(Pile(), "y" * 33_000, Tariff(price_table(), "claude-sonnet-5-5"))
        assert (price.requests, price.usd) == (0, 0)

    def test_counted_tokens_are_used_and_said_to_be_counted(self) -> None:
        tariff = Tariff(price_table(), "claude-sonnet-5-5", "1h")
        price = estimate(self.pile(1), "y" * 33_000, tariff, per_token=6.6, shared_tokens=7_000)
        assert price.usage.cache_write_1h == 7_000
        assert price.counted
        assert "counted by the API" in str(price.as_data()["how"])


class TestChunks:
    def read(self, chunk: Chunk) -> bytes:
        async def main() -> bytes:
            return b"".join([piece async for piece in chunk.body()])

        return asyncio.run(main())

    def test_the_body_is_the_json_that_the_api_expects_and_can_be_read_again(self) -> None:
        chunk = Chunk()
        for number in range(3):
            assert chunk.add(f"{number}.md", f"k{number}", {"model": "m", "n": number}, 0.5)
        body = self.read(chunk)
        assert self.read(chunk) == body
        assert len(body) == chunk.size
        assert chunk.worst == 1.5
        requests = json.loads(body)["requests"]
        assert [one["params"]["n"] for one in requests] == [0, 1, 2]
        assert [one["custom_id"] for one in requests] == [row.custom_id for row in chunk.rows]
        chunk.close()

    def test_it_is_full_by_number_or_by_size_but_never_empty(self) -> None:
        few, small = Chunk(most_rows=2), Chunk(most_bytes=10)
        assert [few.add("a", f"k{n}", {}, 0.0) for n in range(3)] == [True, True, False]
        assert [small.add("a", f"k{n}", {}, 0.0) for n in range(2)] == [True, False]
        few.close()
        small.close()

    def test_names_of_requests_fit_the_api_and_differ_by_path_and_request(self) -> None:
        names = {custom_id("a.md", "k1"), custom_id("b.md", "k1"), custom_id("a.md", "k2"), custom_id("\udce9\n", "k")}
        assert len(names) == 4
        assert all(name.startswith("pw_") and len(name) == 43 and name.isascii() for name in names)


def test_the_spool_gives_back_what_was_put_aside() -> None:
    spool = Spool()
    places = [spool.put(data) for data in (b"one", b"", b"three" * 1000)]
    assert [spool.take(place) for place in reversed(places)] == [b"three" * 1000, b"", b"one"]
    spool.close()


class TestProposals:
    def proposal(self, number: int) -> ProposalLine:
        return ProposalLine(id=f"l{number}", propose=f"You do thing {number}.", layer=Layer.CLINICAL, why="gap")

    def test_they_become_questions_after_the_models_own(self) -> None:
        section = ReplySection(
            kind=SectionKind.DUTIES, heading="", lines=[KeepLine(keep=["u1"]), self.proposal(1), self.proposal(2)]
        )
        own = OpenQuestion(layer=Layer.COMPLIANCE, ask="Who signs?", why="w")
        reply = EMPTY.model_copy(update={"sections": [section], "questions": [own] * 5})
        turned = as_questions(reply)
        assert turned.sections[0].lines == [KeepLine(keep=["u1"])]
        assert [q.ask for q in turned.questions[:3]] == ["Who signs?"] * 3
        assert [q.ask for q in turned.questions[3:]] == [f"Should the posting say: You do thing {n}." for n in (1, 2)]

    def test_a_draft_made_this_way_holds_no_pending_mark(self) -> None:
        said = (FIXTURES / "replies" / "gold-b.json").read_text("utf-8")
        proposed = sum(
            isinstance(line, ProposalLine)
            for section in Reply.model_validate_json(said).sections
            for line in section.lines
        )
        assert proposed
        text = (FIXTURES / "postings" / "gold-b.md").read_text("utf-8")
        editor = Editor(ScriptedModel(an_answer(said)), Prompts(), {}, price_table())
        review = asyncio.run(review_posting(text, "gold-b.md", editor=editor, options=Options(proposals="questions")))
        assert review.draft is not None
        kinds = {decision.kind.value for decision in review.draft.decisions}
        assert not kinds & {"proposal", "blank"}
        asked = [question.ask for question in review.critique.questions]
        assert sum(ask.startswith("Should the posting say") for ask in asked) == proposed
