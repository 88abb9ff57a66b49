import Configuration
import Files
import Foundation
import Runs

/// The file with the user's preferences.
package struct ConfigurationFile: Equatable, Sendable {
    /// Its path.
    package let path: String

    /// The sections of the file: options have none.
    package static let sections: Set = ["keys"]

    package init(path: String) { self.path = path }

    /// The file's text; empty where there is no file yet.
    ///
    /// - Throws: `ExportError.unwritable` if it exists but can't be read; then it must not be replaced.
    package func read() throws(ExportError) -> ConfigurationText {
        guard FileManager.default.fileExists(atPath: path) else {
            return ConfigurationText(parsing: "", sections: Self.sections)
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw .unwritable(path: path, reason: "it is there, but can't be read")
        }
        guard let text = String(data: data, encoding: .utf8) else {
            throw .unwritable(path: path, reason: "it is no UTF-8 text")
        }
        return ConfigurationText(parsing: text, sections: Self.sections)
    }

    /// Writes settings into the file, all or none; other lines stay as they are.
    ///
    /// - Throws: `ExportError`; then the file has not changed.
    package func change(_ changes: [PreferenceChange]) throws(ExportError) {
        let text = try read().setting(changes.map { ($0.preference.key, $0.value) })
        // A link stays a link, for users whose configuration is in another folder.
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath()
        let mode = try? FileManager.default.attributesOfItem(atPath: target.path)[.posixPermissions]
        let folder = target.deletingLastPathComponent().path
        do throws(StoreError) { try PrivateFiles.makeFolder(folder) } catch {
            throw .unwritable(path: folder, reason: error.reason)
        }
        var files = StagedFiles(folder: folder)
        files.add(target.lastPathComponent, text: text)
        try files.commit()
        let kept: [FileAttributeKey: Any] = [.posixPermissions: mode ?? Int(PrivateFiles.fileMode)]
        try? FileManager.default.setAttributes(kept, ofItemAtPath: target.path)
    }
}
