import Foundation

/// Temporary files of programs that were killed while they wrote: no signal told them to remove these.
enum Leftovers {
    /// A temporary file's name: `.trainspotter-PROCESS-NUMBER.tmp`.
    static func name(process: Int32, number: UInt64) -> String { ".trainspotter-\(process)-\(number).tmp" }

    /// Removes those of a folder whose writer is gone: its process is not there, and nobody holds the file's lock, as a
    /// writer of another machine or container does. What can't be removed stays.
    static func remove(in folder: String) {
        guard let stream = opendir(folder) else { return }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            guard let process = writer(of: name), kill(process, 0) != 0, errno == ESRCH else { continue }
            removeUnlocked(folder + "/" + name)
        }
    }

    /// The process of a temporary file's name; nil where it is none.
    static func writer(of name: String) -> Int32? {
        guard let match = name.wholeMatch(of: /\.trainspotter-([0-9]+)-[0-9]+\.tmp/), let process = Int32(match.1),
            process > 0
        else { return nil }
        return process
    }

    private static func removeUnlocked(_ path: String) {
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { unlink(path) }
    }
}
