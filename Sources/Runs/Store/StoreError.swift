import GRDB
import Reports

/// Why a run store can't be opened, read or written; each is one line for the user.
package enum StoreError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Neither XDG_DATA_HOME nor a home folder says where runs are saved.
    case noPlace
    /// There is no store at the path, and none may be made.
    case notFound(path: String)
    /// The store's folder does not exist.
    case noFolder(path: String)
    /// The file is no SQLite file, or SQLite finds it damaged.
    case corrupt(path: String, reason: String)
    /// A SQLite file of another program.
    case foreign(path: String)
    /// Made by a newer program; nothing in it was touched.
    ///
    /// - Parameters:
    ///   - layout: the newest that it has and that is not known here.
    ///   - program: the version of the program that made it.
    case newer(path: String, layout: String, program: String)
    case readOnly(path: String)
    case full(path: String)
    /// The file would grow beyond what the system lets this program write.
    case tooLarge(path: String)
    /// The program has no more memory for it.
    case noMemory(path: String)
    /// The file was removed, or another took its place, while it was in use.
    case gone(path: String)
    /// Another program has the store locked for longer than `RunStore.patience`.
    case busy(path: String)
    /// The data was not written within the time limit.
    case late(path: String)
    /// A name by which a run could not be found.
    case takenWord(String)
    /// A file that the user named is of the wrong kind, or must not be replaced.
    case unsuitable(path: String, reason: String)
    /// Any other error of SQLite or the system.
    case failed(path: String, reason: String)
    /// No run has this number or name.
    case noRun(String, nearest: String?)
    /// Several runs have this name.
    case ambiguous(String, runs: [Int])
    /// A program trains this run now.
    case inUse(run: Int, process: Int, host: String)
    /// The run can't be resumed or continued as the user asked.
    case cannotResume(run: Int, reason: String)
    /// An ensemble needs the run.
    case needed(run: Int, ensemble: String)
    /// No ensemble has this name.
    case noEnsemble(String, nearest: String?)
    /// A run or an ensemble has this name, as the words say.
    case nameTaken(String, by: String)
    /// An ensemble's member, from 1, can't predict any more.
    case brokenEnsemble(String, member: Int, reason: String)
    /// A part of the run in the store can't be read.
    case damaged(run: Int, what: String, reason: String)

    package var description: String {
        switch self {
        case .noPlace: "there is no home folder to save runs in: set XDG_DATA_HOME, or use --store FILE"
        case .notFound(let path): "\(path): no runs are saved there yet"
        case .noFolder(let path): "\(path): its folder does not exist"
        case .corrupt(let path, let reason):
            "\(path): the run store is damaged (\(reason)); move it aside to start a new one, or read what is left "
                + "with `trainspotter runs salvage`"
        case .foreign(let path): "\(path): not a run store, but another program's database"
        case .newer(let path, let layout, let program):
            "\(path): made by trainspotter \(program), in the layout \"\(layout)\", which is newer than "
                + "\"\(RunStore.migrator.migrations.last ?? "")\", the newest that this \(ProgramVersion.current) knows; left as it is"
        case .readOnly(let path): "\(path): the run store can't be written (read-only)"
        case .full(let path): "\(path): the disk is full"
        case .busy(let path): "\(path): another program keeps the run store locked"
        case .tooLarge(let path): "\(path): the file would be larger than this program may write (ulimit -f)"
        case .noMemory(let path): "\(path): not enough memory to read or write it"
        case .gone(let path): "\(path): the run store was removed or replaced while it was in use"
        case .late(let path): "\(path): there was no time left to write it"
        case .takenWord(let name):
            "\(name): a run can't have this name: numbers, and `last`, are how runs are found without one"
        case .unsuitable(let path, let reason), .failed(let path, let reason): "\(path): \(reason)"
        case .noRun(let text, let nearest):
            "run \(text): no such run" + (nearest.map { "; did you mean \($0)?" } ?? "; `trainspotter runs` lists them")
        case .ambiguous(let name, let runs):
            "run \(name): \(runs.count) runs have this name: \(runs.map(String.init).joined(separator: ", "))"
        case .inUse(let run, let process, let host):
            "run \(run): being trained by process \(process) on \(host)"
        case .cannotResume(let run, let reason): "run \(run): \(reason)"
        case .needed(let run, let ensemble):
            "run \(run): the ensemble \(ensemble) needs it; `trainspotter ensemble delete \(ensemble)` gives it free"
        case .noEnsemble(let name, let nearest):
            "\(name): no such ensemble"
                + (nearest.map { "; did you mean \($0)?" } ?? "; `trainspotter ensemble list` lists them")
        case .nameTaken(let name, let what): "\(name): \(what) has this name already"
        case .brokenEnsemble(let name, let member, let reason):
            "ensemble \(name): network \(member) is no longer there: \(reason); make the ensemble anew"
        case .damaged(let run, let what, let reason): "run \(run): \(what) can't be read: \(reason)"
        }
    }

    /// Whether the cause is the disk, the memory or another program, and not the content of a file.
    var isOfTheSystem: Bool {
        switch self {
        case .full, .tooLarge, .noMemory, .gone, .busy, .late, .readOnly: true
        default: false
        }
    }

    /// The cause, without the path where there is one.
    package var reason: String {
        switch self {
        case .failed(_, let reason), .unsuitable(_, let reason), .corrupt(_, let reason): reason
        default: description
        }
    }

    /// Whether another try may succeed later.
    package var passes: Bool {
        switch self {
        case .full, .tooLarge, .noMemory, .busy, .late: true
        default: false
        }
    }

    /// Makes our error of one of SQLite's.
    package init(_ error: any Error, path: String) {
        if let error = error as? MisplacedValue {
            let row = error.row.map { ", in \($0)" } ?? ""
            self = .corrupt(path: path, reason: "its column \(error.column) has an invalid value\(row)")
            return
        }
        if error is RowDecodingError {
            self = .corrupt(path: path, reason: "a value has the wrong type for its column")
            return
        }
        if let error = error as? RowRefusal {
            let refusal = error.refusal
            let reason = "\(error.what) takes \(refusal.amount) of memory; expected \(refusal.expected)"
            self = .unsuitable(path: path, reason: reason)
            return
        }
        guard let error = error as? DatabaseError else {
            self = (error as? StoreError) ?? .failed(path: path, reason: "\(error)")
            return
        }
        let reason = error.message ?? "SQLite error \(error.resultCode.rawValue)"
        self =
            switch error.resultCode {
            case .SQLITE_CORRUPT, .SQLITE_NOTADB: .corrupt(path: path, reason: reason)
            case .SQLITE_READONLY: .readOnly(path: path)
            // SQLite does not say which file, nor why.
            case .SQLITE_CANTOPEN: .opening(error, path: path)
            case .SQLITE_FULL: .full(path: path)
            case .SQLITE_BUSY, .SQLITE_LOCKED: .busy(path: path)
            case .SQLITE_TOOBIG:
                .unsuitable(path: path, reason: "a value in it is longer than there is memory for")
            case .SQLITE_NOMEM: .noMemory(path: path)
            case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_NOMEM: .noMemory(path: path)
            case .SQLITE_INTERRUPT:
                .unsuitable(path: path, reason: "reading it took longer than \(RunStore.readingBound) seconds")
            default: .failed(path: path, reason: reason)
            }
    }
}
