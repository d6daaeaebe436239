"""Every error raised on purpose. Each names one cause and one remedy.

VariorumError                      exit status when it reaches the command line
├── UsageError                     2  wrong arguments, unknown id, missing folder
│   ├── MayNotDecideError          2  only a reviewer can do this
│   ├── UnknownIdError             2  no such event, report or claim; carries near matches
│   └── ConfigError                2  a setting cannot be used
│       └── ServerError            2  the language model's server is not there, or turns the program away
├── LedgerError                    4
│   ├── LedgerBusyError            4  another program is writing
│   ├── DecidedMeanwhileError      4  somebody decided the same first, or the report was read anew: nothing stored
│   ├── LedgerNewerError           4  written by a later version of this program
│   ├── LedgerReplacedError        4  another file stands where a ledger is being shown from
│   ├── LedgerWriteError           4  read-only, disk full, not a ledger
│   └── QuoteMismatchError         4  a claim whose quote is not at its span: refused on write
└── UnreadableError                3  one article could not be read; becomes a row of the problem list
"""

from __future__ import annotations

from collections.abc import Sequence


class VariorumError(Exception):
    """Base of all errors raised on purpose: a cause, and a remedy the user can act on."""

    exit_status = 1

    def __init__(self, cause: str, remedy: str = "") -> None:
        super().__init__(cause)
        self.cause = cause
        self.remedy = remedy


class UsageError(VariorumError):
    """The command was called with something that cannot be used."""

    exit_status = 2


class MayNotDecideError(UsageError):
    """A reader asks for what only a reviewer can do."""


class UnknownIdError(UsageError):
    """No record has this id; `near` holds ids that look like it."""

    def __init__(self, cause: str, remedy: str = "", near: Sequence[str] = ()) -> None:
        super().__init__(cause, remedy)
        self.near = tuple(near)


class ConfigError(UsageError):
    """A setting cannot be used."""


class ServerError(ConfigError):
    """The language model's server is not there, or turns the program away: no report can be read with it."""


class LedgerError(VariorumError):
    """The ledger cannot be opened, read or written."""

    exit_status = 4


class LedgerBusyError(LedgerError):
    """Another program is writing to the ledger."""


class DecidedMeanwhileError(LedgerError):
    """Somebody decided first, or the report was read anew, since the person looked: nothing was stored.

    `subject` and `value` are those of the other's word where it gives a value, which the cause holds as it is kept.
    """

    def __init__(self, cause: str, remedy: str = "", subject: str = "", value: str = "") -> None:
        super().__init__(cause, remedy)
        self.subject = subject
        self.value = value


class LedgerReplacedError(LedgerError):
    """The file of a ledger that is being shown is another one than at the start, or is gone."""


class LedgerNewerError(LedgerError):
    """The ledger was written by a later version of this program."""


class LedgerWriteError(LedgerError):
    """The ledger cannot be written: read-only, disk full, or not a ledger at all."""


class QuoteMismatchError(LedgerError):
    """A claim or mention whose quote does not stand at its span; the ledger refuses it."""


class UnreadableError(VariorumError):
    """One file or line could not be read as an article. `code` is the short name shown in the problem list."""

    exit_status = 3

    def __init__(self, cause: str, remedy: str = "", *, code: str = "unreadable") -> None:
        super().__init__(cause, remedy)
        self.code = code
