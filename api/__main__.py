"""`python -m api`: the gateway in one process."""

import sys

import uvicorn

from api import logging
from api.app import create_app
from api.config import Settings
from api.errors import BadSetting


def main() -> None:
    """Serve until asked to stop. Open streams get three seconds to end."""
    logging.configure()
    try:
        settings = Settings.from_environment()
    except BadSetting as trouble:
        sys.exit(str(trouble))
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=3,
        server_header=False,
        ws="none",
    )


if __name__ == "__main__":
    main()
