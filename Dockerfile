# The course in JupyterLab, with what `make lab` installs, for a user who is not root:
#
#   docker build -t nn-frameworks .
#   docker run -p 127.0.0.1:8888:8888 -v nn-frameworks:/home/learner/course/work nn-frameworks
#
# Binder takes this file too, and not environment.yml: pip alone would bring gigabytes of CUDA, tools/install.py does not.
FROM python:3.11-slim-bookworm
ARG NB_USER=learner
ARG NB_UID=1000
ARG FRAMEWORK=both
RUN useradd --create-home --uid $NB_UID $NB_USER
USER $NB_USER
ENV HOME=/home/$NB_USER
RUN mkdir -p $HOME/course/work $HOME/course/tools
WORKDIR $HOME/course
# Only what the installation reads, so that a changed lesson does not install anew.
COPY --chown=$NB_UID requirements.* pyproject.toml ./
COPY --chown=$NB_UID tools/install.py tools/
RUN python tools/install.py $FRAMEWORK && rm -rf $HOME/.cache
# Compiled once here, and not in each new container. A few files of packages are no valid Python.
RUN .venv/bin/python -m compileall -q -j 0 .venv || true
COPY --chown=$NB_UID . .
ENV PATH=$HOME/course/.venv/bin:$PATH
EXPOSE 8888
# Inside, it must listen to the outside of the container; the token stays on.
CMD ["python", "tools/work.py", "open", "", "--ip=0.0.0.0", "--no-browser"]
