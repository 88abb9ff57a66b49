/// Why a data set can't be used. Nothing of a file that is refused is kept.
public enum DataError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Neither a known name nor a folder; `nearest` is the known name that is spelled most alike.
    case unknownName(String, nearest: String?)
    /// A known data set whose files are not on this machine; `hint` says how to get them.
    case notInstalled(name: String, folder: String, hint: String)
    /// The folder lacks these of the four files.
    case filesMissing(folder: String, names: [String])
    /// The program's own MNIST files are in none of the places that it looks in.
    case resourcesMissing(searched: [String])
    /// The system refuses to read the file.
    case unreadable(path: String, reason: String)
    /// The file is not what it should be. `offset` counts bytes from 0, of the unpacked contents where the file is
    /// compressed, except where the compression itself is at fault.
    case malformed(path: String, offset: Int, expected: String, found: String)

    public var description: String {
        switch self {
        case .unknownName(let name, let nearest):
            "\(name): no folder, and no data set of that name"
                + (nearest.map { "; did you mean \($0)?" } ?? "; `trainspotter data list` shows the names")
        case .notInstalled(let name, let folder, let hint): "\(name): not installed in \(folder); \(hint)"
        case .filesMissing(let folder, let names):
            "\(folder): expected the four IDX files of a data set, gzip'ed or not; missing: "
                + names.joined(separator: ", ")
        case .resourcesMissing(let searched):
            "mnist: the data files are missing; looked in " + searched.joined(separator: ", ")
        case .unreadable(let path, let reason): "\(path): can't be read: \(reason)"
        case .malformed(let path, let offset, let expected, let found):
            "\(path): at byte \(offset): expected \(expected), found \(found)"
        }
    }
}
