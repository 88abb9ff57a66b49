import Foundation

/// A disk that is known by what a program did to it: what outlasts a power cut, and what may.
///
/// A write is sure once its file was synced, and a name (a new file, a rename, a removal) once its folder was. Of what is
/// not sure anything may be there: names up to some point, as file systems keep their order, and of the writes any part, in
/// sectors of 512 bytes.
package struct DiskModel {
    private enum Change {
        case write(offset: Int, [UInt8])
        case truncate(Int)
    }

    private enum NameChange {
        case set(String, Int)
        case remove(String)
        case rename(String, String)
    }

    private struct File {
        var sure: [UInt8] = []
        var pending: [Change] = []
    }

    private static let sector = 512
    /// In the place of a file's number.
    private static let folderMark = -1

    private let root: String
    private var files: [File] = []
    private var names: [String: Int] = [:]
    private var sureNames: [String: Int] = [:]
    private var pendingNames: [NameChange] = []

    /// - Parameters:
    ///   - root: the folder that everything is in; it is there.
    ///   - contents: files that are on the disk at the start, by paths below it.
    package init(root: String, contents: [String: [UInt8]] = [:]) {
        self.root = root
        names[root] = Self.folderMark
        for (name, bytes) in contents {
            names["\(root)/\(name)"] = files.count
            files.append(File(sure: bytes))
        }
        sureNames = names
    }

    // MARK: - What happens

    package mutating func apply(_ event: DiskEvent) {
        switch event {
        case .create(let path):
            files.append(File())
            name(.set(path, files.count - 1))
        case .folder(let path): name(.set(path, Self.folderMark))
        case .remove(let path): name(.remove(path))
        case .rename(let path, let target): name(.rename(path, target))
        case .write(let path, let offset, let bytes): change(path, .write(offset: offset, bytes))
        case .truncate(let path, let length): change(path, .truncate(length))
        case .sync(let path): sync(path)
        case .open, .say, .end: break
        }
    }

    private mutating func name(_ change: NameChange) {
        Self.apply(change, to: &names)
        pendingNames.append(change)
    }

    private mutating func change(_ path: String, _ change: Change) {
        if let number = names[path], number >= 0 { files[number].pending.append(change) }
    }

    private mutating func sync(_ path: String) {
        guard let number = names[path] else { return }
        guard number == Self.folderMark else {
            for change in files[number].pending { Self.apply(change, to: &files[number].sure) }
            files[number].pending = []
            return
        }
        for change in pendingNames where Self.folder(of: change) == path { Self.apply(change, to: &sureNames) }
        pendingNames.removeAll { Self.folder(of: $0) == path }
    }

    private static func folder(of change: NameChange) -> String {
        switch change {
        case .set(let path, _), .remove(let path), .rename(_, let path):
            String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)])
        }
    }

    // MARK: - What a cut leaves

    /// Which of the changes that are not sure are there.
    package enum Chance {
        case none
        case all
        /// Any, by chance.
        case some(SeededNumbers)
    }

    /// The files after a cut, by paths below the root.
    package func contents(_ chance: Chance) -> [String: [UInt8]] {
        var numbers: SeededNumbers? = if case .some(let given) = chance { given } else { nil }
        var keepsAll = false
        if case .all = chance { keepsAll = true }
        var found = sureNames
        let count =
            numbers.map { _ in numbers?.next(below: pendingNames.count + 1) ?? 0 }
            ?? (keepsAll ? pendingNames.count : 0)
        for change in pendingNames.prefix(count) { Self.apply(change, to: &found) }
        var contents: [String: [UInt8]] = [:]
        for (path, number) in found.sorted(by: { $0.key < $1.key }) where number >= 0 {
            // A name outlasts the cut only where its folder does.
            guard Self.hasFolders(path, found, root) else { continue }
            var bytes = files[number].sure
            for change in files[number].pending {
                guard numbers != nil else {
                    if keepsAll { Self.apply(change, to: &bytes) }
                    continue
                }
                Self.applySome(of: change, to: &bytes, &numbers)
            }
            contents[String(path.dropFirst(root.count + 1))] = bytes
        }
        return contents
    }

    /// Whether anything that was done is not sure yet.
    package var hasPending: Bool { !pendingNames.isEmpty || files.contains { !$0.pending.isEmpty } }

    private static func hasFolders(_ path: String, _ names: [String: Int], _ root: String) -> Bool {
        var folder = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
        while folder.count > root.count {
            guard names[String(folder)] == folderMark else { return false }
            folder = folder[..<(folder.lastIndex(of: "/") ?? folder.startIndex)]
        }
        return true
    }

    private static func applySome(of change: Change, to bytes: inout [UInt8], _ numbers: inout SeededNumbers?) {
        let whole = numbers?.next(below: 3) ?? 0
        guard whole > 0 else { return }
        guard case .write(let offset, let written) = change, whole == 1 else { return apply(change, to: &bytes) }
        // A torn write: each sector by itself.
        var start = 0
        while start < written.count {
            let end = min(written.count, ((offset + start) / sector + 1) * sector - offset)
            if numbers?.next(below: 2) == 1 {
                apply(.write(offset: offset + start, Array(written[start..<end])), to: &bytes)
            }
            start = end
        }
    }

    private static func apply(_ change: Change, to bytes: inout [UInt8]) {
        switch change {
        case .truncate(let length):
            bytes = Array(bytes.prefix(length)) + [UInt8](repeating: 0, count: max(0, length - bytes.count))
        case .write(let offset, let written):
            if bytes.count < offset + written.count {
                bytes += [UInt8](repeating: 0, count: offset + written.count - bytes.count)
            }
            bytes.replaceSubrange(offset..<(offset + written.count), with: written)
        }
    }

    private static func apply(_ change: NameChange, to names: inout [String: Int]) {
        switch change {
        case .set(let path, let number): names[path] = number
        case .remove(let path): names[path] = nil
        case .rename(let path, let target):
            names[target] = names[path] ?? names[target]
            names[path] = nil
        }
    }
}

/// Numbers by chance, the same each time: SplitMix64 (https://prng.di.unimi.it/splitmix64.c).
package struct SeededNumbers: Sendable {
    private var state: UInt64

    package init(seed: Int) { state = UInt64(truncatingIfNeeded: seed) }

    package mutating func next(below bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((value ^ (value >> 31)) % UInt64(bound))
    }
}
