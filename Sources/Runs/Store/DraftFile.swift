import CFiles
import Files
import Foundation

extension RunStore {
    /// Makes a store's file under a temporary name in the folder of `file`, so that no incomplete store has that name.
    /// `settle` then renames it.
    ///
    /// No other file has the temporary name. The file is also removed where a signal ends the program meanwhile.
    ///
    /// - Parameters:
    ///   - mode: nil for a file that the user named, whose mode follows from the umask.
    ///   - make: fills the file at the path that it is given, and closes it.
    ///   - settle: gives the file its name.
    /// - Throws: errors of the disk, with `file` as their path.
    static func withDraft<Result>(
        of file: String, mode: mode_t? = PrivateFiles.fileMode, _ make: (_ draft: String) throws -> Result,
        settle: (_ draft: String) throws(StoreError) -> Void
    ) throws(StoreError) -> Result {
        let draft = FileTarget.temporaryName(beside: file)
        for suffix in suffixes { _ = files_remember_temporary(draft + suffix) }
        defer {
            remove(draft)
            for suffix in suffixes { files_forget_temporary(draft + suffix) }
        }
        do {
            guard try PrivateFiles.makeFile(draft, mode: mode) else {
                throw StoreError.failed(path: draft, reason: "it is there already")
            }
            let result = try make(draft)
            try settle(draft)
            return result
        } catch {
            throw StoreError.opening(error, path: draft).naming(file, insteadOf: draft)
        }
    }
}

extension StoreError {
    /// The error with the path that the user gave.
    fileprivate func naming(_ file: String, insteadOf draft: String) -> StoreError {
        switch self {
        case .full(draft): .full(path: file)
        case .tooLarge(draft): .tooLarge(path: file)
        case .noMemory(draft): .noMemory(path: file)
        case .busy(draft): .busy(path: file)
        case .gone(draft): .gone(path: file)
        case .readOnly(draft): .readOnly(path: file)
        case .corrupt(draft, let reason): .corrupt(path: file, reason: reason)
        case .failed(draft, let reason): .failed(path: file, reason: reason)
        case .unsuitable(draft, let reason): .unsuitable(path: file, reason: reason)
        default: self
        }
    }
}
