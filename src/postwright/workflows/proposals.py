"""What the model suggests without a source: marked in the draft, or asked. Over many postings asking is less work."""

from postwright.domain.reply import OpenQuestion, ProposalLine, Reply
from postwright.workflows.drafting import MOST_OPEN

KEEP, QUESTIONS = "keep", "questions"


def as_questions(reply: Reply) -> Reply:
    """The reply with its proposals turned into questions, after its own ones. Both are held to their number."""
    asked: list[OpenQuestion] = []
    sections = []
    for section in reply.sections:
        proposals = [line for line in section.lines if isinstance(line, ProposalLine)]
        asked += [OpenQuestion(layer=p.layer, ask=f"Should the posting say: {p.propose}", why=p.why) for p in proposals]
        rest = [line for line in section.lines if not isinstance(line, ProposalLine)]
        sections.append(section.model_copy(update={"lines": rest}))
    questions = [*reply.questions[:MOST_OPEN], *asked[:MOST_OPEN]]
    return reply.model_copy(update={"sections": sections, "questions": questions})
