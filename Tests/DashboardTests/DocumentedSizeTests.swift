import Dashboard
import Foundation
import Testing

@Suite struct DocumentedSizeTests {
    @Test("The page on accessibility names the least size that the screens fit")
    func leastSize() throws {
        let page = URL(filePath: #filePath).appending(path: "../../../docs/accessibility.md").standardizedFileURL
        let text = try String(contentsOf: page, encoding: .utf8)
        #expect(text.contains("any size from \(ScreenLayout.leastWidth) × \(ScreenLayout.leastHeight) on"))
    }
}
