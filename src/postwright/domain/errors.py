"""Everything a user can be told went wrong. One line each, with a hint.

PostwrightError
  UsageProblem           wrong words on the command line, in the config or in a decisions file (exit 2)
  PostingUnreadable      this file is no text we can read
  PostingStopped         the screen found a secret or patient data: nothing was sent
  PromptBroken           a prompt template cannot be rendered
  StorageFailed          disk full, read-only, locked
  RunInProgress          another batch works on this folder
  StaleDraft             the draft or the source changed under us
  AuditFailed            the bytes do not match the ledger: our bug, nothing was written (exit 70)
  ModelError             a model could not be asked, or its answer not be used
    ModelUnavailable     busy or out of reach: try again
    ModelAccessDenied    key, permission or billing (ends the run)
    ModelUnknown         the model id is not known to the endpoint (ends the run)
    EndpointUnusable     the address or the proxy of the endpoint cannot be used at all (ends the run)
    SpendLimitReached    the account's own limit (ends the run)
    NoCredentials        nothing to sign the request with (ends the run)
    CapReached           the next request might cost more than --max-cost leaves (ends the run)
    RequestRefused       the API rejected the request itself
    ReplyTruncated       the reply was cut off
    ReplyRefused         the model declined
    ReplyInvalid         the reply does not fit its schema
"""


class PostwrightError(Exception):
    """A failure that a person can act on. `ends_run`: the next posting would fail alike."""

    ends_run = False
    retryable = False
    exit_code = 3

    def __init__(self, says: str, *, hint: str = "") -> None:
        super().__init__(says)
        self.says = says
        self.hint = hint


class UsageProblem(PostwrightError):
    ends_run = True
    exit_code = 2


class PostingUnreadable(PostwrightError):
    pass


class PostingStopped(PostwrightError):
    pass


class PromptBroken(PostwrightError):
    ends_run = True


class StorageFailed(PostwrightError):
    pass


class RunInProgress(PostwrightError):
    ends_run = True


class StaleDraft(PostwrightError):
    pass


class AuditFailed(PostwrightError):
    exit_code = 70


class ModelError(PostwrightError):
    """`wait_seconds` is what the server asked for, or None. `request_id` finds the request in the vendor's console.

    `status` is the HTTP status, 0 when there was none. `maybe_paid`: the request was sent, and nobody knows what
    came of it.
    """

    def __init__(
        self,
        says: str,
        *,
        hint: str = "",
        request_id: str = "",
        wait_seconds: float | None = None,
        status: int = 0,
        maybe_paid: bool = False,
    ) -> None:
        super().__init__(says, hint=hint)
        self.request_id = request_id
        self.wait_seconds = wait_seconds
        self.status = status
        self.maybe_paid = maybe_paid


class ModelUnavailable(ModelError):
    retryable = True


class ModelAccessDenied(ModelError):
    ends_run = True


class ModelUnknown(ModelError):
    ends_run = True


class EndpointUnusable(ModelError):
    ends_run = True


class SpendLimitReached(ModelError):
    ends_run = True


class NoCredentials(ModelError):
    ends_run = True


class CapReached(ModelError):
    ends_run = True


class RequestRefused(ModelError):
    pass


class ReplyTruncated(ModelError):
    pass


class ReplyRefused(ModelError):
    pass


class ReplyInvalid(ModelError):
    retryable = True
