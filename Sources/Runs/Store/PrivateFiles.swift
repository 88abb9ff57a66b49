import Foundation

/// Files and folders of the program's own. Others can't read them, whatever the umask: what the user trains on, and
/// writes down of it, is theirs.
package enum PrivateFiles {
    package static let fileMode: mode_t = 0o600
    static let folderMode: mode_t = 0o700

    /// Makes an empty file.
    ///
    /// - Parameter mode: nil for a file that the user named, which gets what the umask gives.
    /// - Returns: false where there is something already, which is left as it is.
    @discardableResult
    static func makeFile(_ path: String, mode: mode_t? = fileMode) throws(StoreError) -> Bool {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode ?? 0o666)
        if descriptor < 0, errno == EEXIST { return false }
        guard descriptor >= 0 else { throw .making(path) }
        defer { close(descriptor) }
        // The umask may have taken the owner's own rights away.
        if let mode, fchmod(descriptor, mode) != 0 { throw .making(path) }
        return true
    }

    /// Gives a store's file, and what SQLite has laid beside it, the mode that it would be made with today. Programs up to
    /// 0.2.0 made it as the umask said. Done once, as the store is brought up to date: from then on a mode that its owner
    /// gives it is meant, and stays.
    static func takeFromOthers(_ path: String) {
        for file in RunStore.suffixes.map({ path + $0 }) {
            // Somebody else's file can't be changed, and is left as it is.
            chmod(file, fileMode)
        }
    }

    /// Makes a folder and those above it that are missing. One that is there keeps its mode.
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
    }

    /// Why not even the smallest file of SQLite's, the memory that programs share, finds room beside a path; nil where it
    /// does. For errors of which SQLite says no more than that there was one.
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

    /// Gives a file another name; what has that name is replaced.
    static func move(_ path: String, to target: String) throws(StoreError) {
        guard rename(path, target) == 0 else { throw .making(target) }
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
    /// What `errno` says of a file or folder that could not be made or written.
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
