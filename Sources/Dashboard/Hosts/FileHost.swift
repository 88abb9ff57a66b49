import DataFormats
import Datasets
import Dispatch
import Files
import Foundation

/// Writes the files that the user saves, and the configuration file, and reads an image that is to be drawn. A disk can take its time: both on other threads.
struct FileHost {
    let mailbox: ActionMailbox
    /// nil: there is no place for it.
    let configuration: ConfigurationFile?
    /// nil: runs can't be exported here.
    private let exporter: RunExporter?
    /// Where the program was started, and files go unless the user says otherwise.
    private let startFolder: String
    private var saveFolder: String
    /// Changes of the configuration file are made one after the other.
    private let changing = DispatchQueue(label: "configuration")

    init(
        mailbox: ActionMailbox, configuration: ConfigurationFile?, exporter: RunExporter?, startFolder: String
    ) {
        self.exporter = exporter
        self.mailbox = mailbox
        self.configuration = configuration
        self.startFolder = startFolder
        saveFolder = startFolder
    }

    /// Where files go from now on. `~` is the home; a relative folder starts where the program was started, and an empty
    /// one is that place.
    mutating func useFolder(_ folder: String) { saveFolder = expanded(folder) }

    private func expanded(_ path: String) -> String {
        let expanded = NSString(string: path).expandingTildeInPath
        return expanded.isEmpty ? startFolder : expanded.hasPrefix("/") ? expanded : startFolder + "/" + expanded
    }

    /// `imageOpened` or `imageRefused` comes of it.
    func openImage(_ typed: String, _ form: NetworkImage) {
        let (mailbox, path) = (mailbox, expanded(typed))
        DispatchQueue.global().async {
            do throws(DataError) {
                guard let image = OpenedImage(try ImageFile.read(path: path), form) else {
                    return mailbox.post(.imageRefused("\(typed): no stroke stands out from the ground", path: typed))
                }
                mailbox.post(.imageOpened(image, path: typed))
            } catch {
                mailbox.post(.imageRefused(error.description, path: typed))
            }
        }
    }

    /// `saved` or `saveFailed` comes of it.
    func save(_ request: SaveRequest) {
        let (mailbox, folder) = (mailbox, saveFolder)
        DispatchQueue.global().async {
            do throws(ExportError) {
                let paths = try request.save(in: folder)
                mailbox.post(.saved(what: request.what, paths: paths, work: request.work))
            } catch {
                mailbox.post(.saveFailed(error))
            }
        }
    }

    /// `saved` or `exportFailed` comes of it. Nothing that is there is replaced.
    func export(_ request: ExportRequest) {
        let (mailbox, folder, exporter) = (mailbox, saveFolder, exporter)
        DispatchQueue.global().async {
            let name = request.freeName { FileManager.default.fileExists(atPath: "\(folder)/\($0)") }
            switch exporter?(request, "\(folder)/\(name)") {
            case .success(let paths)?:
                mailbox.post(.saved(what: "\(request.format.rawValue) of run \(request.run)", paths: paths))
            case .failure(let problem)?: mailbox.post(.exportFailed(problem.words))
            case nil: mailbox.post(.exportFailed("runs can't be written here"))
            }
        }
    }

    /// `remembered` or `rememberFailed` comes of it.
    func remember(_ changes: [PreferenceChange]) {
        let (mailbox, file) = (mailbox, configuration)
        changing.async {
            do throws(ExportError) {
                guard let file else { throw .unwritable(path: "config.toml", reason: "there is no home folder") }
                try file.change(changes)
                mailbox.post(.remembered(path: file.path))
            } catch {
                mailbox.post(.rememberFailed(error))
            }
        }
    }

    /// Waits until the configuration file has all changes.
    func finish() { changing.sync {} }
}
