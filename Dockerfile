# The image of every role. It is made from the jar that the build has tested:
#   ./mvnw -DskipTests package && docker build -t abrohr/attendance:0.1.0 .
FROM eclipse-temurin:25-jre AS layers
WORKDIR /layers
COPY app/target/attendance.jar attendance.jar
RUN java -Djarmode=tools -jar attendance.jar extract --layers --destination extracted

FROM eclipse-temurin:25-jdk AS driver
COPY app/src/training/AotTraining.java ./
RUN javac -d /driver AotTraining.java

# The AOT cache is made by the virtual machine and from the files that will use it; the database is
# left behind.
FROM eclipse-temurin:25-jre AS training
RUN apt-get update && apt-get install -y --no-install-recommends postgresql
WORKDIR /attendance
COPY --from=layers /layers/extracted/dependencies/ ./
COPY --from=layers /layers/extracted/application/ ./
COPY app/attendance.options ./
COPY --from=driver /driver /driver
RUN service postgresql start \
    && su postgres -c "psql -c \"create role training superuser login password 'training'\"" \
    && java -cp /driver AotTraining /attendance attendance.options 20 \
        --attendance.database.url=jdbc:postgresql://localhost/postgres \
        --attendance.database.username=training --attendance.database.password=training

FROM eclipse-temurin:25-jre
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="AbrO HR Attendance" \
      org.opencontainers.image.description="Real-time, event-sourced attendance and leave" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"

WORKDIR /attendance
# All of it root's and readable only: the process changes nothing of itself. The layer
# embedded-database stays behind, so attendance.database.url must be set.
COPY --from=layers /layers/extracted/dependencies/ ./
COPY --from=layers /layers/extracted/application/ ./
COPY app/attendance.options deploy/healthcheck ./
COPY --from=training /attendance/attendance.aot ./

# A number, so that a cluster can see that it is not root; it needs no name.
USER 10001:10001
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=5s --start-period=90s --start-interval=1s --retries=3 \
    CMD ["bash", "/attendance/healthcheck"]
ENTRYPOINT ["java", "@attendance.options", "-XX:AOTCache=attendance.aot", "-jar", "attendance.jar"]
