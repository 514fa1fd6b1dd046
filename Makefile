# One command opens the course, another proves it; both install what they need into .venv. `make help` lists them all.
#
#   make lab FRAMEWORK=pytorch         one framework only (pytorch or tensorflow; both on a first `make lab`)
#   make lab ARGS=--no-browser         more arguments for JupyterLab
#   make lab PYTHON=/path/to/python3   another interpreter

INTERPRETERS = $(if $(PYTHON),"$(PYTHON)",python3.11 python3.12 python3.13 python3 python)

# In syntax that Python 2 reads too, so that an old interpreter says this sentence and not SyntaxError.
CHECK_VERSION = import sys; found = sys.version_info[:2]; sys.exit(0 if (3, 11) <= found <= (3, 13) else \
	"This course needs Python 3.11, 3.12 or 3.13, but found Python %d.%d: " % found + \
	"install one from python.org, or name yours with PYTHON=/path/to/python3.11.")

# An interpreter is tried by running it: a version manager's stub may be on the PATH and fail.
find_python = for python in $(INTERPRETERS); do "$$python" -c "" 2>/dev/null && break; python=; done; \
	test -n "$$python" || { echo "No Python that runs was found: install Python 3.11, 3.12 or 3.13 from python.org," \
	"or name yours with PYTHON=/path/to/python3.11." >&2; exit 1; }; \
	"$$python" -c '$(CHECK_VERSION)' &&

# Python keeps what it compiles, whatever the surroundings say: without that every kernel compiles TensorFlow anew, 5 s.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help lab lock fetch forget test test-slow test-all test-browser test-hostile test-colab test-offline test-repeat notebooks record ladders grade release site pdf stamp bench why lint clean tools

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

lab: ## open the course in JupyterLab (FRAMEWORK=pytorch or tensorflow for one path)
	@$(find_python) "$$python" tools/install.py "$(FRAMEWORK)"
	@.venv/bin/python tools/work.py open "$(FRAMEWORK)" $(ARGS)

lock: ## pin all packages below requirements.txt in requirements.lock, after a change there
	@$(find_python) "$$python" tools/install.py --lock

fetch: ## put the newest version of a lesson beside your own (LESSON=01)
	@$(find_python) "$$python" tools/work.py fetch "$(LESSON)"

forget: ## remove what is kept of your progress (your notebooks stay)
	@$(find_python) "$$python" tools/work.py forget ""

test: tools ## run the tests and every notebook (5 minutes)
	$(call run_tests,not slow)

test-slow: tools ## run what a change has to pass besides: every typed answer and mistake, and changes of the solutions
	@$(run_pytest) -m "slow and not nightly" tests

test-all: tools ## run everything: notebooks alone and twice and in any order, the gym's cases, several processes
	$(call run_tests,)

run_pytest = .venv/bin/python -m pytest -n 2 --dist loadgroup

# The tests of one lesson stay together, because its first check computes what the others use again.
# Of the notebooks one file goes to one worker, because its cells share a kernel; without a notebook pytest ends with an
# error. One thread each, because the two workers share the cores; the outputs are the same with two.
define run_tests
	@status=0; \
	$(run_pytest) -m "$(1)" tests || status=1; \
	OMP_NUM_THREADS=1 .venv/bin/python -m pytest -n 2 --dist loadfile --nbval --nbval-cell-timeout=120 notebooks || \
	status=1; \
	exit $$status
endef

test-browser: ## try the playground, every notebook and the website in a real browser (needs node 20 and Chromium or Chrome)
	@command -v node >/dev/null || { echo "node was not found: install Node.js 20 or newer from nodejs.org." >&2; exit 1; }
	@$(find_python) "$$python" tools/install.py both --browser
	@status=0; \
	node --test tests/*.test.mjs || status=1; \
	.venv/bin/python -m tools.website || status=1; \
	.venv/bin/python -m pytest -n 2 tests/browser || status=1; \
	exit $$status

test-hostile: tools ## fire 1,000 random and hostile answers at every task (HOSTILE=100 for fewer)
	@HOSTILE=$(or $(HOSTILE),1000) .venv/bin/python -m pytest -n 2 tests/test_hostile.py

test-colab: tools ## run every notebook with Colab's packages, alone in a folder (11 GB in .colab; python3.13 if there is one)
	@.venv/bin/python -m pytest -v tests/colab.py

# A network of its own with nothing but loopback, which Jupyter's kernels need.
without_network = unshare --map-root-user --net sh -c 'ip link set lo up && exec "$$@"' sh

test-offline: tools ## run every test and every notebook without any network (Linux; needs unshare and ip)
	@$(without_network) true 2>/dev/null || { echo "This system cannot take the network away: it needs Linux" \
	"with unshare (util-linux) and ip (iproute2), and root or permission to make user namespaces." >&2; exit 1; }
	@$(without_network) $(MAKE) test

test-repeat: tools ## compare outputs 20 times, as on other processors, in other orders (REPEAT=2 for fewer, LESSON=01 for one)
	@.venv/bin/python -m tools.repeat $(or $(REPEAT),20) $(LESSON)

notebooks: tools ## build the notebooks that have changed, and say why (LESSON=01 for one, ARGS=--run to run it anyway)
	@.venv/bin/python -m tools.build $(LESSON) $(ARGS)

record: tools ## keep what is seen of the solutions and mistakes that take long, after a change of their tasks (LESSON=07)
	@.venv/bin/python -m tools.record $(LESSON)

ladders: tools ## find the lines among which each task's are put in order, after a change of the task (LESSON=07)
	@.venv/bin/python -m tools.ladders $(LESSON)
	@.venv/bin/python -m tools.practice $(LESSON)

grade: tools ## run and judge the notebooks of a class in a sandbox (FOLDER=submissions LESSON=07 SEED=autumn26)
	@.venv/bin/python -m tools.grade "$(FOLDER)" "$(LESSON)" --seed "$(SEED)" --quiz $(or $(QUIZ),0) \
	$(if $(WORKSHEET),--worksheet "$(WORKSHEET)") $(if $(COLUMN),--column "$(COLUMN)") $(ARGS)

release: tools ## write a lesson as a zip to hand out, without solutions (LESSON=07 SEED=autumn26 LEARNERS=names.txt)
	@.venv/bin/python -m tools.release "$(LESSON)" --seed "$(SEED)" $(if $(LEARNERS),--learners "$(LEARNERS)") $(ARGS)

site: ## build the course as a website in build/website (needs no framework)
	@$(find_python) "$$python" tools/install.py --site
	@.venv/bin/python -m tools.website

pdf: ## build the website with each lesson and the whole course as PDF (needs Chromium or Chrome)
	@$(find_python) "$$python" tools/install.py --site
	@.venv/bin/python -m tools.website --pdf

stamp: tools ## write the repository's address from pyproject.toml into notebooks and README
	@.venv/bin/python -m tools.build --stamp

bench: tools ## measure how fast everything is, and write the table in BENCHMARK.md (ARGS="--only scale" for one part)
	@.venv/bin/python -m tools.bench $(ARGS)

why: tools ## print all that a check found (TASK=softmax FRAMEWORK=pytorch FILE=answer.py)
	@.venv/bin/python -m tools.why "$(TASK)" "$(FRAMEWORK)" "$(FILE)"

lint: tools ## check style with ruff and types with mypy
	@.venv/bin/python -m ruff check utils tools tests tasks scale site
	@.venv/bin/python -m ruff format --check utils tools tests tasks scale site
	@.venv/bin/python -m mypy

clean: ## remove .venv, build and caches (your work/ and the downloads in data/ stay)
	rm -rf .venv build .pytest_cache .ruff_cache
	@find . \( -path ./work -o -path ./data -o -path ./.git \) -prune -o -name __pycache__ -prune -exec rm -rf {} +

tools: ## install what tests, grading and builds need (both frameworks)
	@$(find_python) "$$python" tools/install.py both --test
