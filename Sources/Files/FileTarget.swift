import CFiles
import Foundation

/// How the bytes for a path are written.
///
/// A regular file, existing or new, is replaced as a whole, at the end of all links: a reader never sees half of it. A
/// pipe, a device, and a file in a folder that can't be written stay, and are written into.
package struct FileTarget {
    /// The path that the user gave, for errors.
    package let path: String
    /// The file at the end of all links that is replaced or made; nil where the path is written into.
    private let replaced: String?

    package init(_ path: String) {
        self.path = path
        replaced = Self.replaceable(path)
    }

    /// Whether the path is a pipe, a device or another special file, which is written into.
    package static func isOpenEnded(_ path: String) -> Bool {
        status(path).map { ![S_IFREG, S_IFDIR].contains($0.st_mode & S_IFMT) } ?? false
    }

    /// Writes all bytes.
    package func write(_ bytes: [UInt8]) throws(WriteFailure) {
        guard let staged = try stage(bytes) else { return try writeInto(bytes) }
        defer { staged.close() }
        try staged.settle()
        try staged.keepName()
    }

    /// Writes the bytes to the disk under another name; nil for a path that is written into.
    func stage(_ bytes: [UInt8]) throws(WriteFailure) -> StagedFile? {
        guard let replaced else { return nil }
        return try StagedFile(bytes, for: replaced)
    }

    /// Writes the bytes into the existing file.
    func writeInto(_ bytes: [UInt8]) throws(WriteFailure) {
        let descriptor = try openInto()
        do throws(WriteFailure) {
            try writeAll(bytes, to: descriptor)
            try Self.keep(descriptor)
        } catch {
            Foundation.close(descriptor)
            throw error
        }
        // A full disk on the network is reported only here.
        guard Foundation.close(descriptor) == 0 else { throw WriteFailure() }
    }

    func openInto() throws(WriteFailure) -> Int32 {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw WriteFailure() }
        return descriptor
    }

    /// Has the disk keep what was written; a pipe or a device has no disk.
    static func keep(_ descriptor: Int32) throws(WriteFailure) {
        guard fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP else { throw WriteFailure() }
    }

    private static func replaceable(_ path: String) -> String? {
        guard let target = followed(path), access(folder(of: target), W_OK) == 0 else { return nil }
        guard let status = status(path) else { return target }
        // The system's link for an open file may not name its real place.
        guard status.st_mode & S_IFMT == S_IFREG, let found = self.status(target) else { return nil }
        return found.st_dev == status.st_dev && found.st_ino == status.st_ino ? target : nil
    }

    /// The path at the end of the links of a file name, whether it exists or not; nil where they lead nowhere or in a
    /// circle.
    static func followed(_ path: String) -> String? {
        var place = path
        for _ in 0..<40 {
            var status = stat()
            guard lstat(place, &status) == 0 else { return errno == ENOENT ? place : nil }
            guard status.st_mode & S_IFMT == S_IFLNK else { return place }
            guard let next = try? FileManager.default.destinationOfSymbolicLink(atPath: place) else { return nil }
            place = next.hasPrefix("/") ? next : folder(of: place) + "/" + next
        }
        return nil
    }

    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// An unused name in a file's folder, for the file that replaces it.
    package static func temporaryName(beside path: String) -> String {
        "\(folder(of: path))/\(Leftovers.name(process: getpid(), number: UInt64.random(in: 0...UInt64.max)))"
    }

    static func status(_ path: String) -> stat? {
        var status = stat()
        return stat(path, &status) == 0 ? status : nil
    }
}

/// Bytes on the disk under a temporary name, which then replace a file. A signal that ends the program removes them.
struct StagedFile {
    private let temporary: String
    private let final: String
    /// Open, so that more can be appended later.
    let descriptor: Int32

    /// - Parameter mode: nil for that of the replaced file, or what the umask makes of a new one.
    init(_ bytes: [UInt8], for final: String, mode: mode_t? = nil) throws(WriteFailure) {
        (self.final, temporary) = (final, FileTarget.temporaryName(beside: final))
        // Without room in that list, a signal leaves the file behind.
        _ = files_remember_temporary(temporary)
        descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, mode ?? 0o666)
        guard descriptor >= 0 else {
            let failure = WriteFailure()
            files_forget_temporary(temporary)
            throw failure
        }
        do throws(WriteFailure) {
            // The umask may have removed the owner's own rights.
            if let mode { fchmod(descriptor, mode) } else { keepOwner() }
            // See `Leftovers`. Where there are no locks, the process alone tells that it is being written.
            if mode != nil { _ = flock(descriptor, LOCK_EX | LOCK_NB) }
            try writeAll(bytes, to: descriptor)
            // The contents must be on the disk before the rename.
            guard fsync(descriptor) == 0 else { throw WriteFailure() }
        } catch {
            discard()
            throw error
        }
    }

    /// The owner and the permissions of the replaced file.
    private func keepOwner() {
        guard let status = FileTarget.status(final) else { return }
        // Only root may change owners; that removes special permissions, so it comes first.
        _ = fchown(descriptor, status.st_uid, status.st_gid)
        fchmod(descriptor, status.st_mode & 0o7777)
    }

    /// Replaces the file.
    func settle() throws(WriteFailure) {
        guard rename(temporary, final) == 0 else {
            let failure = WriteFailure()
            removeTemporary()
            throw failure
        }
        files_forget_temporary(temporary)
    }

    /// Has the disk keep the file's name.
    func keepName() throws(WriteFailure) { try FolderNames.keep(of: final) }

    /// The folder in which the file appears.
    var folder: String { FileTarget.folder(of: final) }

    /// Removes the temporary name; the file stays open.
    func removeTemporary() {
        unlink(temporary)
        files_forget_temporary(temporary)
    }

    func close() { Foundation.close(descriptor) }

    /// Removes the temporary file.
    func discard() {
        close()
        removeTemporary()
    }
}
