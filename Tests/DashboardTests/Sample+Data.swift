import Dashboard
import Datasets
import TerminalUI

extension Sample {
    /// Data is open, and has its survey.
    static func surveyed(
        width: Int = 80, height: Int = 24, look: Look = Look(), data: LoadedData = data
    ) -> DashboardState {
        var state = state(width: width, height: height, look: look)
        _ = update(&state, .dataLoaded(data))
        answer(&state, press(&state, "8"))
        return state
    }

    /// Twelve images of one class that are alike, but for row 5.
    static let oddOne: LoadedData = {
        func images(_ count: Int, odd: Int) -> ImageSet {
            let pixels = (0..<count).flatMap { row in
                (0..<784).map { UInt8($0 % 28 == row || row == odd ? 255 : 0) }
            }
            return ImageSet(pixels: pixels, labels: (0..<count).map { UInt8($0 % 2) }, rows: 28, columns: 28)
        }
        return LoadedData(Dataset(name: "odd", train: images(14, odd: 5), test: images(4, odd: -1), classes: 2))
    }()
}
