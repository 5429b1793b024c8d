# The weir command, for pipelines that run in containers.
FROM maven:3.9.11-eclipse-temurin-17 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/m2 mvn -q -B -Dmaven.repo.local=/m2 -Pquick -pl standalone -am package

FROM eclipse-temurin:17.0.17_10-jre
RUN useradd --system --uid 10001 --create-home weir
COPY --from=build /src/standalone/target/dist/bin /opt/weir/bin
COPY --from=build /src/standalone/target/dist/lib/cli /opt/weir/lib/cli
ENV PATH="/opt/weir/bin:${PATH}"
USER weir
ENTRYPOINT ["weir"]
