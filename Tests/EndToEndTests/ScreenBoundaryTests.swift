import Foundation
import Testing

/// The dashboard's update reads layouts, never views; and no screen knows another or the root.
@Suite struct ScreenBoundaryTests {
    private static let dashboard = URL(filePath: #filePath).appending(path: "../../../Sources/Dashboard")
        .standardizedFileURL

    private struct File {
        let folder: String
        let name: String
        let code: String
    }

    /// Every file without its comments.
    private static func files() throws -> [File] {
        try FileManager.default.subpathsOfDirectory(atPath: dashboard.path).filter { $0.hasSuffix(".swift") }.map {
            let url = dashboard.appending(path: $0)
            let text = try String(contentsOf: url, encoding: .utf8)
            let lines = text.split(separator: "\n").filter { !$0.trimmingPrefix(while: \.isWhitespace).hasPrefix("//") }
            return File(
                folder: url.deletingLastPathComponent().lastPathComponent, name: url.lastPathComponent,
                code: lines.joined(separator: "\n"))
        }
    }

    private static let screens = [
        "Curves": "CurvesScreen", "Confusion": "ConfusionScreen", "Digits": "DigitsScreen", "Network": "NetworkState",
        "Draw": "DrawScreen", "Runs": "RunsScreen", "Data": "DataScreen", "Search": "SearchScreen",
    ]

    @Test("What changes the state calls no view, but where a screen hands its own to be drawn")
    func updateCallsNoView() throws {
        let files = try Self.files().filter {
            $0.name.contains("Update") || $0.folder == "Shared" || $0.folder == "App"
        }
        #expect(files.count > 30)
        for file in files {
            let calls = file.code.matches(of: /(\w+View)\.(\w+)/).filter { $0.2 != "draw" }
            #expect(calls.isEmpty, "\(file.name) asks a view")
        }
    }

    @Test("A screen reaches neither another screen's state nor the root")
    func screensAreAlone() throws {
        let files = try Self.files()
        for (folder, state) in Self.screens {
            let own = files.filter { $0.folder == folder }
            #expect(own.count > 3, "\(folder)")
            for file in own {
                #expect(!file.code.contains("DashboardState"), "\(file.name) knows the root")
                for other in Self.screens.values where other != state {
                    #expect(!file.code.contains(other), "\(file.name) knows \(other)")
                }
            }
        }
    }
}
