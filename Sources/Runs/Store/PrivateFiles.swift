import Files
import Foundation

/// Files and folders of the program's own. Other users can't read them, whatever the umask, as a user's data and notes
/// are private.
package enum PrivateFiles {
    /// Reading and writing by the owner alone.
    package static let fileMode: mode_t = 0o600
    static let folderMode: mode_t = 0o700

    /// Makes an empty file.
    ///
    /// - Parameter mode: nil for a file that the user named, whose mode follows from the umask.
    /// - Returns: false where there is a file already, which does not change.
    @discardableResult
    static func makeFile(_ path: String, mode: mode_t? = fileMode) throws(StoreError) -> Bool {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode ?? 0o666)
        if descriptor < 0, errno == EEXIST { return false }
        guard descriptor >= 0 else { throw .making(path) }
        defer { close(descriptor) }
        // The umask may have removed the owner's own rights.
        if let mode, fchmod(descriptor, mode) != 0 { throw .making(path) }
        return true
    }

    /// Gives a store's file, and those that SQLite makes beside it, the mode that it would be made with today. Versions
    /// up to 0.2.0 made it as the umask said. Done once, when the store is migrated: a mode that its owner sets later
    /// stays.
    static func takeFromOthers(_ path: String) {
        for file in RunStore.suffixes.map({ path + $0 }) {
            // Another user's file can't be changed, and is left as it is.
            chmod(file, fileMode)
        }
    }

    /// Makes a folder, and missing folders above it. An existing folder's mode does not change.
    package static func makeFolder(_ path: String) throws(StoreError) {
        if RunStore.isFolder(path) { return }
        let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
        if parent != path { try makeFolder(parent) }
        guard mkdir(path, folderMode) == 0 else {
            // Another program may have made it a moment before.
            if errno == EEXIST, RunStore.isFolder(path) { return }
            guard errno != EEXIST else {
                throw .unsuitable(path: path, reason: "a file is there, and a folder is needed")
            }
            throw .making(path)
        }
        guard chmod(path, folderMode) == 0 else { throw .making(path) }
        // Otherwise a power cut could take the folder with all that is saved in it. A disk that fails here fails again
        // when the store is written, which is then reported.
        try? FolderNames.keep(of: path)
    }

    /// Why there is no room at a path even for SQLite's smallest file, the shared memory; nil where there is. For
    /// errors of which SQLite says nothing more.
    static func lackOfRoom(at path: String) -> StoreError? {
        let least = 1 << 15
        var limit = rlimit()
        if getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0, limit.rlim_cur < least {
            return .tooLarge(path: path)
        }
        var disk = statvfs()
        guard statvfs(URL(fileURLWithPath: path).deletingLastPathComponent().path, &disk) == 0 else { return nil }
        return UInt64(disk.f_bavail) * UInt64(disk.f_frsize) < least ? .full(path: path) : nil
    }

    /// Why no file can be made beside a store; nil where one can.
    static func lackBeside(_ path: String) -> StoreError? {
        let probe = FileTarget.temporaryName(beside: path)
        let descriptor = open(probe, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, fileMode)
        guard descriptor < 0 else {
            close(descriptor)
            unlink(probe)
            return nil
        }
        return switch errno {
        case ENOSPC, EDQUOT: .full(path: path)
        case EACCES, EPERM, EROFS: .readOnly(path: path)
        case let other:
            .failed(path: path, reason: "a file beside it can't be made: \(String(cString: strerror(other)))")
        }
    }

    /// Gives a new file its name, for good: a power cut does not take it away.
    static func move(_ path: String, to target: String) throws(StoreError) {
        guard rename(path, target) == 0 else { throw .making(target) }
        do throws(WriteFailure) { try FolderNames.keep(of: target) } catch {
            unlink(target)
            throw .failed(path: target, reason: "it can't be made: \(error.reason)")
        }
    }

    /// Copies a file to a new one.
    static func copy(_ source: String, to target: String) throws(StoreError) {
        let reading = open(source, O_RDONLY | O_CLOEXEC)
        guard reading >= 0 else { throw .unsuitable(path: source, reason: "the file can't be read") }
        defer { close(reading) }
        guard try makeFile(target) else { throw .failed(path: target, reason: "there is something already") }
        let writing = open(target, O_WRONLY | O_CLOEXEC)
        guard writing >= 0 else { throw .making(target) }
        defer { close(writing) }
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = read(reading, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw .unsuitable(path: source, reason: "the file can't be read: \(String(cString: strerror(errno)))")
            }
            if count == 0 { return }
            try write(buffer[0..<count], to: writing, target)
        }
    }

    private static func write(_ bytes: ArraySlice<UInt8>, to descriptor: Int32, _ path: String) throws(StoreError) {
        var rest = bytes
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written >= 0 else { throw .making(path) }
            rest = rest.dropFirst(written)
        }
    }
}

extension StoreError {
    /// The error of `errno` for a file or folder that could not be made or written.
    static func making(_ path: String) -> StoreError {
        switch errno {
        case ENOSPC, EDQUOT: .full(path: path)
        case EFBIG: .tooLarge(path: path)
        case ENOMEM: .noMemory(path: path)
        case EACCES, EPERM, EROFS, ENOTDIR, ENAMETOOLONG:
            .unsuitable(path: path, reason: "it can't be made: \(String(cString: strerror(errno)))")
        default: .failed(path: path, reason: "it can't be made: \(String(cString: strerror(errno)))")
        }
    }
}
