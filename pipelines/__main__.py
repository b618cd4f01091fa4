"""`python -m pipelines`: the command line."""

import sys

try:
    from pipelines.cli import main
except KeyboardInterrupt:  # to load the libraries takes a second or two
    sys.exit(1)

sys.exit(main(sys.argv[1:]))
