import Foundation
import Specs
import TerminalUI

/// All themes: the compiled-in one, the installed ones, and the user's own.
struct ThemeCatalog {
    let all: [Theme]
    let current: Theme
    /// Theme files that could not be read.
    let warnings: [String]

    /// - Parameter chosen: a name or a file; nil for the standard theme.
    /// - Throws: `CommandFailure.usage` if the chosen one does not exist or can't be read.
    static func load(chosen: String?) throws(CommandFailure) -> ThemeCatalog {
        var themes: [Theme] = [.standard]
        var warnings: [String] = []
        for folder in folders {
            let files = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
            for file in files where file.hasSuffix(".theme") {
                do {
                    let theme = try Theme.load(path: folder + "/" + file)
                    themes.removeAll { $0.name == theme.name }
                    themes.append(theme)
                } catch {
                    warnings.append("left out: \(error)")
                }
            }
        }
        guard let chosen else {
            return ThemeCatalog(
                all: themes, current: themes.first { $0.name == Theme.standard.name } ?? .standard, warnings: warnings)
        }
        if let named = themes.first(where: { $0.name == chosen }) {
            return ThemeCatalog(all: themes, current: named, warnings: warnings)
        }
        guard chosen.contains("/") || chosen.hasSuffix(".theme") else {
            let names = themes.map(\.name)
            let hint = Spelling.nearest(to: chosen, among: names).map { "; did you mean \($0)?" } ?? ""
            throw .usage(
                "--theme \(chosen): no such theme; expected \(names.joined(separator: ", ")), or a file" + hint)
        }
        do {
            let theme = try Theme.load(path: chosen)
            return ThemeCatalog(all: themes + [theme], current: theme, warnings: warnings)
        } catch {
            throw .usage("--theme: \(error)")
        }
    }

    /// The folders of themes: beside an installed program, above a built one, and in the user's configuration. A later
    /// folder's theme replaces an earlier one of the same name.
    private static var folders: [String] {
        let executable = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        var shipped = [executable.deletingLastPathComponent().path + "/share/trainspotter/themes"]
        var above = executable
        for _ in 0..<4 {
            above.deleteLastPathComponent()
            let package = above.appendingPathComponent("Package.swift").path
            if FileManager.default.fileExists(atPath: package) { shipped.append(above.path + "/themes") }
        }
        return shipped + (BaseDirectories.configuration.map { [$0 + "/trainspotter/themes"] } ?? [])
    }
}
