import Foundation

/// What did not hold of a parser.
package struct Finding: Error, CustomStringConvertible {
    package let description: String

    /// - Parameter description: what did not hold, with the values.
    package init(_ description: String) { self.description = description }
}

/// Throws a `Finding` where something does not hold.
func require(_ holds: Bool, _ what: @autoclosure () -> String) throws {
    if !holds { throw Finding(what()) }
}

/// An error that a user reads is one line, not empty, and short however long the input is.
func requireMessage(_ error: some CustomStringConvertible, most: Int = 2000) throws {
    let text = error.description
    try require(!text.isEmpty, "an error without words")
    try require(!text.contains(where: \.isNewline), "an error of several lines: \(text)")
    try require(text.count <= most, "an error of \(text.count) characters: \(text.prefix(200))…")
}

/// One run of a target, with the bound of its time.
package enum Trial {
    /// Processor seconds that an input may take. The slowest take milliseconds; a sanitizer makes that some times as much.
    package static let patience = 5.0

    /// Feeds an input.
    ///
    /// - Throws: as `FuzzTarget.run`, and a `Finding` where it took too long.
    package static func run(_ target: some FuzzTarget, _ input: [UInt8]) throws {
        let start = processorSeconds
        try target.run(input)
        let seconds = processorSeconds - start
        try require(seconds <= patience, "an input of \(input.count) bytes took \(seconds) processor seconds")
    }

    /// This thread's time: what else the machine does is not counted.
    private static var processorSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
