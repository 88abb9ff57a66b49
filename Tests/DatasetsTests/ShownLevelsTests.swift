import DataFormats
import Datasets
import Testing

@Suite struct ShownLevelsTests {
    private func dataset(_ pixels: [UInt8]) -> Dataset {
        let images = ImageSet(pixels: pixels, labels: [0], rows: 1, columns: pixels.count)
        return Dataset(name: "levels", train: images, test: images, classes: 1)
    }

    @Test("Values from 0 to 16 are shown from black to white, and it is said")
    func low() {
        let data = dataset([0, 4, 8, 16])
        #expect(data.picture(data.train, 0).pixels == [0, 64, 128, 255])
        #expect(data.remarks == ["pixels are 0 to 16 of 255: pictures show them from black to white"])
    }

    @Test("A picture is fed in the values of the set: what is shown of an image gives its bytes back")
    func fed() {
        let shape = ImageShape(rows: 1, columns: 5)
        for range in [[0, 16], [100, 200], [3, 130], [0, 255]] as [[UInt8]] {
            let levels = dataset(range).levels
            let own = GrayImage(rows: 1, columns: 256, pixels: (0...255).map { min(max($0, range[0]), range[1]) })
            #expect(levels.input(of: levels.shown(own), ImageShape(rows: 1, columns: 256)) == own.pixels, "\(range)")
        }
        let drawn = GrayImage(rows: 1, columns: 5, pixels: [0, 1, 128, 254, 255])
        #expect(dataset([0, 16]).levels.input(of: drawn, shape) == [0, 0, 8, 16, 16])
        #expect(dataset([100, 200]).levels.input(of: drawn, shape) == [100, 100, 150, 200, 200])
        #expect(dataset([0, 255]).levels.input(of: drawn, shape) == drawn.pixels)
        let colours = ImageShape(rows: 1, columns: 2, channels: 3)
        let two = GrayImage(rows: 1, columns: 2, pixels: [0, 255])
        #expect(dataset([0, 16]).levels.input(of: two, colours) == [0, 0, 0, 16, 16, 16])
    }

    @Test("A deviation of half of the range is white")
    func deviation() {
        let image = GrayImage(rows: 1, columns: 3, pixels: [0, 4, 8])
        #expect(dataset([0, 16]).levels.shownDeviation(image).pixels == [0, 127, 255])
        #expect(dataset([0, 255]).levels.shownDeviation(image).pixels == [0, 8, 16])
    }

    @Test("Values in the middle are stretched both ways, and others of the test set stay within black and white")
    func middle() {
        let data = dataset([100, 150, 200])
        #expect(data.picture(data.train, 0).pixels == [0, 128, 255])
        let other = ImageSet(pixels: [0, 255], labels: [0], rows: 1, columns: 2)
        #expect(data.picture(other, 0).pixels == [0, 255])
    }

    @Test(
        "Images with half of the contrast and more, and constant ones, are shown as they are",
        arguments: [
            [0, 128], [10, 255], [7, 7],
        ] as [[UInt8]])
    func usual(pixels: [UInt8]) {
        let data = dataset(pixels)
        #expect(data.picture(data.train, 0).pixels == pixels)
        #expect(data.remarks.isEmpty)
    }
}
