import CNcurses
import Foundation

/// Standard input, as ncurses' keys or as bytes.
struct NcursesInput: InputSource {
    /// Milliseconds to wait for the rest of a sequence.
    private static let patience: Int32 = 50

    func next() -> RawInput? {
        var value: UInt32 = 0
        while true {
            let status = curses_read(&value)
            if status == curses_error { return nil }
            if status != curses_is_key_code { return .scalar(value) }
            if value > UInt32(KEY_MAX), let name = keyname(Int32(value)) { return .named(String(cString: name)) }
            if value != curses_key_resize { return .code(value) }
        }
    }

    /// After the start of a paste ncurses has read no bytes ahead: it reads a byte only where the ones before it are
    /// not a complete key.
    func bytes(most: Int) -> [UInt8] {
        guard Self.waits(milliseconds: 0) else { return [] }
        return [UInt8](unsafeUninitializedCapacity: most) { buffer, count in
            count = max(0, Foundation.read(STDIN_FILENO, buffer.baseAddress, most))
        }
    }

    func waitsForMore() -> Bool { Self.waits(milliseconds: Self.patience) }

    private static func waits(milliseconds: Int32) -> Bool {
        var descriptor = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        return poll(&descriptor, 1, milliseconds) > 0 && descriptor.revents & Int16(POLLIN) != 0
    }
}
