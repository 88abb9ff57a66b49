import DataFormats
import Datasets
import Training

extension RunReport.Data {
    /// How the images are kept: what must be known to ask the network about a picture without its data set.
    package struct Images: Equatable, Sendable, Decodable {
        /// The height of every image in pixels.
        package var rows: Int
        /// The width of every image in pixels.
        package var columns: Int
        /// Bytes of a pixel.
        package var channels: Int
        /// The value that pictures show as black, see `ShownLevels`.
        package var black: Int
        /// The value that pictures show as white, above `black`.
        package var white: Int

        package init(rows: Int, columns: Int, channels: Int, black: Int, white: Int) {
            (self.rows, self.columns, self.channels) = (rows, columns, channels)
            (self.black, self.white) = (black, white)
        }

        /// The images of a data set.
        package init(_ dataset: Dataset) {
            self.init(dataset.train.shape, dataset.levels)
        }

        /// Images of a size, with the values of black and white.
        package init(_ shape: ImageShape, _ levels: ShownLevels) {
            self.init(
                rows: shape.rows, columns: shape.columns, channels: shape.channels, black: Int(levels.least),
                white: Int(levels.greatest))
        }

        /// Their size; nil where such images are none of a network with so many inputs.
        package func shape(inputs: Int) -> ImageShape? {
            guard [rows, columns, channels].allSatisfy({ (1...inputs).contains($0) }),
                rows <= inputs / columns, rows * columns <= inputs / channels, rows * columns * channels == inputs
            else { return nil }
            return ImageShape(rows: rows, columns: columns, channels: channels)
        }

        /// The values of black and white; nil where they can't be that.
        package var levels: ShownLevels? {
            guard let least = UInt8(exactly: black), let greatest = UInt8(exactly: white), least < greatest else {
                return nil
            }
            return ShownLevels(least: least, greatest: greatest)
        }
    }
}

extension RunReport.Data {
    /// The object that a report prints.
    var json: JSON {
        let classes: JSON = classes.map { rows in .array(rows.map(\.json)) } ?? .null
        return .object([
            "name": .text(name), "sha256": sha256.map(JSON.text) ?? .null, "train": .integer(train),
            "validation": .integer(validation), "test": .integer(test), "classes": classes,
            "images": images?.json ?? .null, "pixels": pixels?.json ?? .null,
        ])
    }
}

extension RunReport.Data.Images {
    /// The object that a report prints.
    var json: JSON {
        .object([
            "rows": .integer(rows), "columns": .integer(columns), "channels": .integer(channels),
            "black": .integer(black), "white": .integer(white),
        ])
    }
}

extension PixelStatistics {
    /// The object that a report prints.
    var json: JSON { .object(["mean": .number(mean), "deviation": .number(deviation)]) }
}
