import Dashboard
import Datasets
import Files
import Foundation
import Runs
import Specs
import TerminalUI

/// The dashboard's start: the themes, the configuration file, and the options, which override both.
struct Startup {
    private(set) var state: DashboardState
    /// Nil where there is no folder for it.
    let configuration: ConfigurationFile?
    /// Problems of the files, one a line.
    private(set) var warnings: [String]

    /// - Throws: `CommandFailure.usage` if an option names something that does not exist.
    init(spec: ExperimentSpec, threads: ThreadOptions, display: DisplayOptions) throws(CommandFailure) {
        let themes = try ThemeCatalog.load(chosen: display.theme)
        state = DashboardState(
            spec: spec, width: 80, height: 24, look: Look(theme: themes.current), themes: themes.all)
        state.savedRuns.hasStore = true
        state.secondsFromGMT = TimeZone.current.secondsFromGMT()
        state.defaultThreads = ThreadOptions.standard
        warnings = themes.warnings
        configuration = BaseDirectories.configuration.map {
            ConfigurationFile(path: $0 + "/trainspotter/config.toml")
        }
        if let configuration { configure(from: configuration) }
        state.display = display.over(state.display)
        // NO_COLOR overrides the file, as an option does.
        let asksNoColor = !(ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
        if asksNoColor, display.colors == nil, !display.noColor { state.display.colors = nil }
        if display.theme != nil { state.look.theme = themes.current }
        if let chosen = threads.chosen { state.chosenThreads = chosen }
        if let first = warnings.first {
            let others = warnings.count - 1
            state.message = .warning(first + (others > 0 ? " (and \(others) more)" : ""))
        }
    }

    /// Opens the run store, and offers to resume the newest run if that was interrupted.
    ///
    /// - Returns: nil where runs can't be saved; the status line then says so.
    mutating func openStore(_ options: StoreOptions, source: DatasetSource) -> RunStore? {
        do throws(StoreError) {
            let (store, newest, trouble) = try options.openToRecord { (store) throws(StoreError) in
                try store.markInterrupted()
                try store.purge(deletedBefore: Date(timeIntervalSinceNow: -30 * 24 * 3600))
                return try store.summaries().first
            }
            if let trouble {
                let text = "runs are not saved yet, and saving is tried again: \(trouble)"
                state.message = .warning(text)
                warnings.append(text)
            }
            if let newest, newest.dataSource == source.argument, let resumable = ResumableRun(interrupted: newest) {
                state.overlay = .resumeQuestion(resumable)
            }
            return store
        } catch {
            state.message = .warning("runs are not saved: \(error)")
            warnings.append("runs are not saved: \(error)")
            return nil
        }
    }

    private mutating func configure(from file: ConfigurationFile) {
        do throws(ExportError) {
            let problems = state.configure(try file.read())
            warnings += problems.map { "config.toml, \($0)" }
        } catch {
            warnings.append(error.description)
        }
    }
}
