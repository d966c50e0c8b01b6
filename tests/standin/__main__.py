"""`python -m standin '{"output_seconds": 0.1}'`: serves until its standard input closes, and says on which port."""

import asyncio
import json
import sys

from standin.api import StandIn
from standin.server import Serving
from standin.settings import Settings


async def main() -> None:
    api = StandIn(Settings.of(json.loads(sys.argv[1]) if len(sys.argv) > 1 else {}))
    serving = Serving(api.answer)
    print(await serving.start(), flush=True)  # noqa: T201 - whoever started us reads the port here
    await asyncio.to_thread(sys.stdin.read)
    await serving.stop()


if __name__ == "__main__":
    asyncio.run(main())
