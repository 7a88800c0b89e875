# The course in an image: the Go kernel, JupyterLab, the lessons. `docker build .` and Binder build it,
# docs/teaching-setup.md says how to use it. Versions are pinned where the rest of the repo pins them: go.mod, tools/*.mod, tools/*.txt.
ARG GO_IMAGE=docker.io/library/golang:1.26-bookworm
ARG BASE_IMAGE=docker.io/library/debian:bookworm-slim

FROM ${GO_IMAGE} AS build
RUN apt-get update && apt-get install -y --no-install-recommends python3-venv && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/descent
ENV GOMODCACHE=/opt/descent/.descent/gomod
COPY go.mod go.sum Makefile ./
COPY tools/*.mod tools/*.sum tools/*.txt tools/
COPY tools/lab tools/lab
COPY pkg/lang pkg/lang
RUN make setup && \
    .descent/venv/bin/python -m pip install --no-cache-dir --require-hashes --no-deps --only-binary :all: -r tools/image.txt && \
    .descent/venv/bin/python -m pip check
COPY pkg pkg
COPY tools/image/gocache tools/image/gocache
COPY tools/image/licenses tools/image/licenses
COPY docker/slim.sh docker/
RUN .descent/bin/lab run -- go build -o .descent/bin/ ./tools/image/gocache ./tools/image/licenses && docker/slim.sh && make setup
COPY docker/descent_contents.py docker/commands.py docker/run-lessons.sh docker/
COPY notebooks notebooks
RUN .descent/bin/lab image && cp docker/descent_contents.py .descent/venv/lib/python3*/site-packages/ && \
    .descent/venv/bin/python docker/commands.py && \
    .descent/venv/bin/python -m compileall -q .descent/venv/lib/python3*/site-packages/descent_contents.py
# Every lesson runs here as it will for a student: in the same kernel, with GOPROXY=off.
RUN docker/run-lessons.sh notebooks/*/*.ipynb
RUN mkdir list && mv .descent/bin/licenses list/ && rm -rf .descent/labcache .descent/log .descent/tmp .descent/*.lock

FROM ${BASE_IMAGE}
LABEL org.opencontainers.image.title="descent" \
      org.opencontainers.image.description="Parameter updates and initial weights in Go notebooks, Korean and English" \
      org.opencontainers.image.licenses="MIT AND CC-BY-4.0"
RUN apt-get update && \
    apt-get install -y --no-install-recommends ca-certificates git python3 tini && \
    rm -rf /var/lib/apt/lists/* /var/cache/* /var/log/* /usr/share/man/* && \
    find / -xdev -perm /6000 -type f -exec chmod a-s {} + && \
    useradd --no-log-init --create-home --shell /bin/bash --uid 1000 --gid users --no-user-group jovyan && \
    mkdir /home/jovyan/work /usr/local/bin/start-notebook.d /usr/local/bin/before-notebook.d && \
    chown jovyan:users /home/jovyan/work && chmod -R g+rwX /home/jovyan && chmod g+s /home/jovyan /home/jovyan/work
# Each as a layer of its own: what changes often comes last.
COPY --from=build /usr/local/go /usr/local/go
COPY --from=build --chown=1000:100 /opt/descent/.descent/gomod /opt/descent/.descent/gomod
COPY --from=build /opt/descent/.descent/venv /opt/descent/.descent/venv
COPY --from=build /opt/descent/.descent/help /opt/descent/.descent/help
COPY --from=build /opt/descent/.descent/bin /opt/descent/.descent/bin
COPY --from=build /opt/descent/.descent/gocache /opt/descent/.descent/gocache
COPY --from=build /opt/descent/.descent/jupyter /opt/descent/.descent/jupyter
COPY --from=build /opt/descent/.descent/telemetry /opt/descent/.descent/telemetry
COPY --from=build /opt/descent/licenses /opt/descent/licenses
COPY --from=build /opt/descent/go.mod /opt/descent/go.sum /opt/descent/
COPY LICENSE LICENSE-lessons /opt/descent/
COPY --from=build /opt/descent/pkg /opt/descent/pkg
COPY tools/export /opt/descent/tools/export
COPY notebooks /opt/descent/notebooks
COPY docker/start.sh docker/start-notebook /usr/local/bin/
RUN --mount=type=bind,from=build,source=/opt/descent/list,target=/mnt \
    mkdir -p /usr/local/share/jupyter/kernels && ln -s /opt/descent/.descent/jupyter/kernels/descent /usr/local/share/jupyter/kernels/descent && \
    for name in start-notebook.sh start-notebook.py start-singleuser.sh start-singleuser.py; do ln -s start-notebook /usr/local/bin/$name; done && \
    /mnt/licenses /opt/descent /opt/descent

ENV HOME=/home/jovyan NB_USER=jovyan NB_UID=1000 NB_GID=100 LANG=C.UTF-8 SHELL=/bin/bash PYTHONNOUSERSITE=1 \
    PATH=/opt/descent/.descent/venv/bin:/opt/descent/.descent/bin:/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    JUPYTER_PORT=8888 JUPYTER_RUNTIME_DIR=/tmp/jupyter-runtime \
    GOTOOLCHAIN=local CGO_ENABLED=0 GOMODCACHE=/opt/descent/.descent/gomod GOCACHE=/opt/descent/.descent/gocache \
    GOCACHEPROG="/opt/descent/.descent/bin/gocache /opt/descent/.descent/gocache"
USER 1000
WORKDIR /home/jovyan
EXPOSE 8888
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["/opt/descent/.descent/bin/lab", "health"]
ENTRYPOINT ["tini", "-g", "--", "start.sh"]
CMD ["start-notebook"]
