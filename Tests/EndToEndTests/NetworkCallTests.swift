import Foundation
import TestSupport
import Testing

/// The program talks to no other machine. What the C library asks of name services on this machine is its own.
@Suite struct NetworkCallTests {
    private static let strace = Tool.path("strace")

    @Test(
        "No command makes a network connection", .enabled(if: strace != nil, "strace is not installed"),
        arguments: [
            "train 8relu epochs=1 batch=512 --quiet --no-save", "runs import $D/none",
            "data verify", "presets", "--version", "screenshot lab --data mnist",
        ])
    func command(line: String) throws {
        let folder = try TemporaryFolder()
        let trace = folder.path("trace")
        let result = try Program.shell(
            "strace -f -qq -e trace=socket,connect,bind,listen -o \(trace) \"$0\" \(line)",
            environment: ["D": folder.path])
        // There is nothing to import.
        #expect(result.status == (line.contains("import") ? 2 : 0), "\(result)")
        let calls = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n")
        #expect(calls.filter { $0.contains("AF_") && !$0.contains("AF_UNIX") } == [])
    }

    @Test("The trace would show a connection", .enabled(if: strace != nil && Tool.path("bash") != nil))
    func control() throws {
        let folder = try TemporaryFolder()
        let trace = folder.path("trace")
        // Port 1 of this machine: refused, but tried.
        _ = try Program.shell(
            "strace -f -qq -e trace=socket,connect -o \(trace) bash -c 'exec 3<>/dev/tcp/127.0.0.1/1'")
        #expect(try String(contentsOfFile: trace, encoding: .utf8).contains("AF_INET"))
    }
}
