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

__version__: str
__all__: list[str]
