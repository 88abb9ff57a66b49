import Foundation

/// The program's addresses: what it has of them, and what it may have.
enum AddressSpace {
    /// Bytes that the limit (RLIMIT_AS) allows; nil where there is none (RLIM_INFINITY, all bits set).
    static var limit: Int? {
        var found = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &found) == 0, found.rlim_cur != rlim_t.max else {
            return nil
        }
        return Int(clamping: found.rlim_cur)
    }

    /// Bytes that the program had when it was first asked.
    static let atStart = size() ?? 0

    /// Bytes that the program has now; nil where the system does not tell.
    static func size() -> Int? {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8),
            let pages = text.split(separator: " ").first.flatMap({ Int($0) })
        else { return nil }
        return pages * sysconf(Int32(_SC_PAGESIZE))
    }

    /// Whether the system would give so many bytes at once: they are asked for, and given back untouched.
    static func hasRoom(for bytes: Int) -> Bool {
        guard bytes > 0 else { return true }
        let found = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let found, found != MAP_FAILED else { return false }
        munmap(found, bytes)
        return true
    }
}
