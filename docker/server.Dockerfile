# The weir server: topology and query API in one process.
FROM maven:3.9.11-eclipse-temurin-17 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/m2 mvn -q -B -Dmaven.repo.local=/m2 -Pquick -pl standalone -am package

FROM eclipse-temurin:17.0.17_10-jre
RUN useradd --system --uid 10001 --home-dir /var/lib/weir --create-home weir
COPY --from=build /src/standalone/target/dist/lib/node /opt/weir/lib
USER weir
VOLUME /var/lib/weir
EXPOSE 7070
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=12 \
    CMD wget -q -O /dev/null http://127.0.0.1:7070/readyz || exit 1
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=50", "-XX:+ExitOnOutOfMemoryError", "-XX:+UseTransparentHugePages", "-cp", "/opt/weir/lib/*", "dev.weir.api.ServerMain"]
