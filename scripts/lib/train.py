"""Train the model, unless one for exactly this content is there."""

from scripts.lib import environments, training


def main() -> None:
    environments.prepare("bot")
    print(training.model())


if __name__ == "__main__":
    main()
