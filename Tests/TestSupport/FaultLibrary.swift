import Foundation

/// The library that makes calls of the real program fail, and writes down what it does: see `Tests/CFaults`.
package enum FaultLibrary {
    /// Why the library can't be used here; nil where it can. A sanitizer must be the first library itself.
    package static let obstacle: String? = Sanitizer.isOn ? "the program was built with a sanitizer" : nil

    /// Loads it, and has it count files below a folder.
    ///
    /// - Throws: where the system does not tell which program this is.
    package static func environment(below folder: String? = nil) throws -> [String: String] {
        // Built as a product of its own, beside the program.
        let path = try Program.url().deletingLastPathComponent().appendingPathComponent("libfaults.so").path
        var variables = ["LD_PRELOAD": path]
        variables["FAULTS_BELOW"] = folder
        return variables
    }
}

/// A call that a disk refuses.
package struct DiskFault: Sendable, CustomStringConvertible {
    /// Calls by their kind.
    package enum Call: String, Sendable, CaseIterable { case write, sync, rename, open, truncate, remove, folder }

    package let call: Call
    /// Which of them, from 1.
    package let number: Int
    /// Whether all later ones fail, too.
    package let goesOn: Bool
    /// errno; 0: a write writes one half, and where it goes on there is room for nothing more. A signal with a minus sign
    /// ends the program before the call.
    package let error: Int32

    package init(_ call: Call, _ number: Int, goesOn: Bool, error: Int32) {
        (self.call, self.number, self.goesOn, self.error) = (call, number, goesOn, error)
    }

    package var environment: [String: String] {
        [
            "FAULTS_CALL": call.rawValue, "FAULTS_NUMBER": "\(number)", "FAULTS_LAST": "\(goesOn ? Int.max : number)",
            "FAULTS_ERROR": "\(error)",
        ]
    }

    package var description: String {
        "\(call) \(number)\(goesOn ? " and all later ones" : "") with "
            + (error < 0 ? "signal \(-error)" : error == 0 ? "half of the bytes" : String(cString: strerror(error)))
    }
}

/// What the program did to the disk, and what it said, in order.
package enum DiskEvent: Sendable, Equatable {
    case write(String, offset: Int, [UInt8])
    case truncate(String, length: Int)
    case sync(String)
    case create(String)
    case open(String)
    case folder(String)
    case rename(String, to: String)
    case remove(String)
    case say(descriptor: Int, [UInt8])
    /// Written by the test: a program ended with this status.
    case end(status: Int)

    /// Which kind of call it was; nil for what can't fail.
    package var call: DiskFault.Call? {
        switch self {
        case .write: .write
        case .truncate: .truncate
        case .sync: .sync
        case .create, .open: .open
        case .folder: .folder
        case .rename: .rename
        case .remove: .remove
        case .say, .end: nil
        }
    }

    /// Reads a log of the library (`Tests/CFaults/log.c`).
    package static func all(in log: [UInt8]) -> [DiskEvent] {
        var events: [DiskEvent] = []
        var rest = log[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            let words = String(decoding: rest[..<end], as: UTF8.self)
                .split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
            rest = rest[(end + 1)...]
            guard words.count == 4, let first = Int(words[1]), let second = Int(words[2]) else { break }
            let bytes = ["write", "say"].contains(words[0]) ? Array(rest.prefix(second)) : []
            rest = rest.dropFirst(bytes.count)
            if let event = event(words[0], first, words[3], bytes) { events.append(event) }
        }
        return events
    }

    private static func event(_ word: String, _ number: Int, _ path: String, _ bytes: [UInt8]) -> DiskEvent? {
        switch word {
        case "write": return .write(path, offset: number, bytes)
        case "truncate": return .truncate(path, length: number)
        case "sync": return .sync(path)
        case "create": return .create(path)
        case "open": return .open(path)
        case "folder": return .folder(path)
        case "remove": return .remove(path)
        case "say": return .say(descriptor: number, bytes)
        case "end": return .end(status: number)
        case "rename":
            let names = path.split(separator: "\t").map(String.init)
            return names.count == 2 ? .rename(names[0], to: names[1]) : nil
        default: return nil
        }
    }
}
