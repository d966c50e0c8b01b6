"""Where postings wait between being read and being worked on: a file without a name, so that memory stays flat."""

import tempfile
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where a piece of the spool stands, in bytes."""

    start: int
    length: int


class Spool:
    """Bytes put aside and taken up again. The file has no name: nobody else can read it or put anything into it."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the spool
        self._end = 0

    def put(self, data: bytes) -> Place:
        self._file.seek(self._end)
        self._file.write(data)
        place = Place(self._end, len(data))
        self._end += len(data)
        return place

    def take(self, place: Place) -> bytes:
        self._file.seek(place.start)
        return self._file.read(place.length)

    def close(self) -> None:
        self._file.close()
