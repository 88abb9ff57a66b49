import DataFormats
import Foundation

/// Finds the MNIST files that come with the program.
///
/// SwiftPM's own accessor holds the path of the build folder and traps where that is gone, so it is not used: an
/// installed program must work after its checkout was deleted.
package struct ResourceLocator: Sendable {
    /// The running program, with links resolved.
    let executable: String
    let environment: [String: String]

    /// A locator for a program at that path, with its environment variables.
    package init(executable: String, environment: [String: String]) {
        self.executable = executable
        self.environment = environment
    }

    static var current: ResourceLocator {
        let linux = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return ResourceLocator(
            executable: linux ?? Bundle.main.executablePath ?? CommandLine.arguments[0],
            environment: ProcessInfo.processInfo.environment)
    }

    /// Folders in the order in which they are tried: beside the program as SwiftPM builds it, the share folder of an
    /// installation, and what `TRAINSPOTTER_DATA` names.
    package var candidates: [String] {
        let folder = URL(fileURLWithPath: executable).deletingLastPathComponent()
        var candidates = ["resources", "bundle"].map { folder.path + "/trainspotter_Datasets." + $0 + "/mnist" }
        candidates.append(folder.deletingLastPathComponent().path + "/share/trainspotter/mnist")
        if let named = environment["TRAINSPOTTER_DATA"], !named.isEmpty { candidates.append(named) }
        return candidates
    }

    /// The first candidate that is a folder.
    ///
    /// - Throws: `DataError.resourcesMissing` if none is.
    package func mnistFolder() throws(DataError) -> String {
        guard let found = candidates.first(where: isFolder) else { throw .resourcesMissing(searched: candidates) }
        return found
    }
}

/// Whether there is a folder at the path.
func isFolder(_ path: String) -> Bool {
    var folder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &folder) && folder.boolValue
}
