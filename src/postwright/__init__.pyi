from postwright.api import claude as claude
from postwright.api import critique as critique
from postwright.api import export as export
from postwright.api import load_review as load_review
from postwright.api import read as read
from postwright.api import read_file as read_file
from postwright.api import review_to_json as review_to_json
from postwright.api import rewrite as rewrite
from postwright.api import rewrite_async as rewrite_async
from postwright.api import settle as settle
from postwright.domain.config import ProfileFact as ProfileFact
from postwright.domain.critique import Answer as Answer
from postwright.domain.critique import AnswerStatus as AnswerStatus
from postwright.domain.critique import Critique as Critique
from postwright.domain.critique import Verdict as Verdict
from postwright.domain.draft import Decision as Decision
from postwright.domain.draft import DecisionState as DecisionState
from postwright.domain.draft import Draft as Draft
from postwright.domain.errors import PostwrightError as PostwrightError
from postwright.domain.finding import Finding as Finding
from postwright.domain.finding import Severity as Severity
from postwright.domain.posting import Posting as Posting
from postwright.domain.posting import Unit as Unit
from postwright.domain.review import Review as Review
from postwright.formats.source import Source as Source
from postwright.formats.stated import Given as Given
from postwright.workflows.rewriting import Editor as Editor
from postwright.workflows.rewriting import Options as Options

__version__: str
__all__ = [
    "Answer",
    "AnswerStatus",
    "Critique",
    "Decision",
    "DecisionState",
    "Draft",
    "Editor",
    "Finding",
    "Given",
    "Options",
    "Posting",
    "PostwrightError",
    "ProfileFact",
    "Review",
    "Severity",
    "Source",
    "Unit",
    "Verdict",
    "claude",
    "critique",
    "export",
    "load_review",
    "read",
    "read_file",
    "review_to_json",
    "rewrite",
    "rewrite_async",
    "settle",
]
