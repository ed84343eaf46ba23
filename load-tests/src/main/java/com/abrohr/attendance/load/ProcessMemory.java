package com.abrohr.attendance.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What Linux says of a process's memory, in bytes.
 *
 * @param resident what it has in memory now
 * @param mostResident the most that it ever had
 * @param proportional resident, with each shared page divided by those that share it
 * @param own pages of this process alone
 */
record ProcessMemory(long resident, long mostResident, long proportional, long own) {
    private static final ProcessMemory NONE = new ProcessMemory(0, 0, 0, 0);

    static ProcessMemory of(long pid) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        List<String> status = Files.readAllLines(process.resolve("status"));
        List<String> rollup = Files.readAllLines(process.resolve("smaps_rollup"));
        return new ProcessMemory(
                bytes(status, "VmRSS:"),
                bytes(status, "VmHWM:"),
                bytes(rollup, "Pss:"),
                bytes(rollup, "Private_Clean:") + bytes(rollup, "Private_Dirty:"));
    }

    /** A process and all that it has started; those that end meanwhile count nothing. */
    static ProcessMemory ofTree(long pid) throws IOException {
        ProcessMemory sum = NONE;
        List<Long> pids =
                ProcessHandle.of(pid).stream()
                        .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
                        .map(ProcessHandle::pid)
                        .toList();
        for (long each : pids) {
            try {
                sum = sum.plus(of(each));
            } catch (NoSuchFileException ended) {
                // A worker of the database came and went.
            }
        }
        return sum;
    }

    ProcessMemory plus(ProcessMemory other) {
        return new ProcessMemory(
                resident + other.resident,
                mostResident + other.mostResident,
                proportional + other.proportional,
                own + other.own);
    }

    private static long bytes(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(kibibytes -> Long.parseLong(kibibytes) * 1024)
                .findFirst()
                .orElse(0);
    }
}
