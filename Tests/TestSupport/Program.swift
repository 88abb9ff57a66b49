import Dispatch
import Foundation
import Synchronization

/// The program that was built with the tests.
package enum Program {
    /// What a finished run of the program left behind.
    package struct Result: Sendable {
        /// Of one that a signal ended, the signal's number.
        package let status: Int32
        package let output: String
        package let errors: String
    }

    /// Where the program's runs go, so that a test never touches a person's.
    static let dataHome = NSTemporaryDirectory() + "trainspotter-runs-\(getpid())"
    static let environment = ProcessInfo.processInfo.environment.merging(["XDG_DATA_HOME": dataHome]) { $1 }

    /// The executable beside the one that runs the tests.
    ///
    /// - Throws: if the system does not tell which one that is.
    package static func url() throws -> URL {
        let runner = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return URL(fileURLWithPath: runner).deletingLastPathComponent().appendingPathComponent("trainspotter")
    }

    /// Runs the program without a terminal, its standard input empty, and waits for its end.
    ///
    /// - Throws: if it can't be started.
    package static func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Result {
        try finish(try url(), arguments, environment)
    }

    /// Runs another program that was built with the tests, and waits for its end.
    ///
    /// - Throws: if it can't be started.
    package static func run(beside name: String, _ arguments: [String]) throws -> Result {
        try finish(try url().deletingLastPathComponent().appendingPathComponent(name), arguments)
    }

    /// Runs a line of the shell in which `"$0"` is the program: for redirections and pipes.
    ///
    /// - Throws: if the shell can't be started.
    package static func shell(_ line: String, environment: [String: String] = [:]) throws -> Result {
        let variables = environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        return try finish(
            URL(fileURLWithPath: "/usr/bin/env"), variables + ["sh", "-c", line, try url().path])
    }

    private static func finish(
        _ executable: URL, _ arguments: [String], _ variables: [String: String] = [:]
    ) throws -> Result {
        let process = Process()
        process.environment = environment.merging(variables) { $1 }
        process.executableURL = executable
        process.arguments = arguments
        return try finish(process)
    }

    /// Starts a process, its standard input empty, and waits for its end.
    static func finish(_ process: Process) throws -> Result {
        process.standardInput = FileHandle.nullDevice
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        // Both at once: a process that has filled the one waits, and never ends the other.
        let said = Mutex(Data())
        let isRead = DispatchGroup()
        DispatchQueue.global().async(group: isRead) {
            let bytes = (try? errors.fileHandleForReading.readToEnd()) ?? Data()
            said.withLock { $0 = bytes }
        }
        let printed = try output.fileHandleForReading.readToEnd() ?? Data()
        isRead.wait()
        process.waitUntilExit()
        return Result(
            status: process.terminationStatus, output: String(decoding: printed, as: UTF8.self),
            errors: String(decoding: said.withLock(\.self), as: UTF8.self))
    }
}
