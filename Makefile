# Two words for everybody: `make demo` shows the program at work, `make test` proves it.
SHELL := /bin/bash
PYTHON ?= python3
UV := .uv/bin/uv
RUN := $(UV) run --frozen --no-sync
# a file is one worker's, since its tests share what is dear; tests/conftest.py says which files go first
SPREAD := pytest -n 2 --dist loadfile --no-loadscope-reorder
DEBIAN := python3 python3-venv tesseract-ocr tesseract-ocr-spa tesseract-ocr-glg tesseract-ocr-cat tesseract-ocr-eus \
          libmagic1 bubblewrap fonts-liberation fonts-dejavu-core
PROOF := strace postgresql chromium curl fonts-breip fonts-crosextra-caladea fonts-crosextra-carlito \
         fonts-dkg-handwriting fonts-femkeklaver fonts-freefont-ttf fonts-gnutypewriter fonts-ocr-b fonts-open-sans \
         fonts-roboto-unhinted fonts-rufscript

.PHONY: demo test faults scale coverage nightly check setup prove debian python lint types imports tests clean

demo: setup
	$(RUN) ventanilla demo

test: check tests

faults: prove
	$(RUN) python benchmarks/faults.py

scale: prove
	$(RUN) python benchmarks/scale.py

# counting lines costs half as much again as the tests themselves
coverage: prove
	$(RUN) $(SPREAD) -q --cov --cov-fail-under=85

nightly: prove
	$(RUN) $(SPREAD) -q -m nightly --timeout=7200

check: prove lint types imports

setup: debian python

prove: DEBIAN += $(PROOF)
prove: PROVED_BY := tests fixtures benchmarks
prove: debian python

debian:
	@missing="$$(for p in $(DEBIAN); do dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'install ok installed' || echo $$p; done)"; \
	if [ -n "$$missing" ]; then \
	  line="apt-get install -y --no-install-recommends $$(echo $$missing)"; \
	  if [ "$$(id -u)" = 0 ]; then apt-get update -q && DEBIAN_FRONTEND=noninteractive $$line; \
	  elif sudo -n true 2>/dev/null; then sudo apt-get update -q && sudo DEBIAN_FRONTEND=noninteractive $$line; \
	  else echo "These Debian packages are missing and this account may not install them. Run:"; \
	       echo "  sudo apt-get update && sudo $$line"; exit 5; fi; \
	fi

# compiled once here: the child that reads papers may write nothing, and would compile everything at each start
python: .uv/bin/uv
	@$(UV) sync --frozen --quiet --no-python-downloads --compile-bytecode
	@$(RUN) python -m compileall -q -j 2 pipeline extractors validators flows desk $(PROVED_BY)

.uv/bin/uv:
	@$(PYTHON) -m venv .uv && .uv/bin/pip install --quiet --disable-pip-version-check 'uv>=0.9,<1'

lint:
	$(RUN) ruff check .
	$(RUN) ruff format --check .

types:
	$(RUN) mypy --num-workers 2

imports:
	$(RUN) lint-imports

# what failed is told in full by the second look: to write each assertion anew costs half a minute of listing
tests:
	$(RUN) $(SPREAD) -q --assert=plain --durations=5 || { [ $$? = 1 ] && $(RUN) python -m tests.alone; }

clean:
	rm -rf .venv .uv .mypy_cache .ruff_cache .pytest_cache .hypothesis
