"""Matters of public works, farming, schools, health, money and offices.

Slots: {noi} commune and district, {xa} {huyen} {tinh} {thon} places, {nguoi} {nguoi2} people, {don_vi} a body, {ha}
hectares, {m2} square metres, {n} {n2} numbers, {tien} money, {nam} the year, {nam_truoc} the year before, {so_truoc} an
earlier number, {ngay_truoc} an earlier day, {duong} a street.
"""

from indexer.demo_archive.matter import Matter

WATER = Matter(
    "water",
    "thủy lợi; đê điều",
    ("Hồ sơ xây dựng công trình thủy lợi {noi}", "Hồ sơ tu bổ đê kè, phòng chống lụt bão năm {nam}, {huyen}"),
    (
        "đầu tư xây dựng hồ chứa nước tại {noi}",
        "tu bổ kênh mương nội đồng {noi}",
        "huy động dân công làm thủy lợi năm {nam} tại {huyen}",
        "phân phối nước tưới vụ hè thu năm {nam}",
        "khắc phục hậu quả lụt bão tại {noi}",
    ),
    (
        "Công trình phục vụ tưới cho {ha} ha lúa hai vụ của {xa} và các xã lân cận.",
        "Huy động {n} dân công, làm trong {n2} ngày, khối lượng đào đắp do {don_vi} nghiệm thu.",
        "Đoạn đê xung yếu qua {thon} bị sạt lở, cần gia cố trước mùa mưa lũ.",
        "Kinh phí dự toán {tien} đồng, Nhà nước hỗ trợ xi măng và sắt thép, phần còn lại do nhân dân đóng góp.",
        "Mực nước hồ ngày {ngay_truoc} thấp hơn cùng kỳ năm trước, phải tưới luân phiên.",
        "Trận lụt vừa qua làm ngập {n} nhà, trôi {n2} tấn thóc giống, hư hỏng nhiều đoạn mương.",
        "Các xã cử người trực trạm bơm, bảo đảm điện và dầu chạy máy.",
    ),
)

FARMING = Matter(
    "farming",
    "nông nghiệp; hợp tác xã",
    ("Hồ sơ thành lập hợp tác xã nông nghiệp {noi}", "Báo cáo tình hình sản xuất nông nghiệp năm {nam}, {huyen}"),
    (
        "thành lập hợp tác xã sản xuất nông nghiệp {noi}",
        "giao chỉ tiêu sản xuất vụ đông xuân năm {nam} cho {huyen}",
        "tình hình sản xuất và thu mua lương thực năm {nam} tại {huyen}",
        "khoán sản phẩm đến nhóm và người lao động tại {noi}",
    ),
    (
        "Toàn xã có {n} hộ vào hợp tác xã, chiếm phần lớn số hộ nông dân, chia làm {n2} đội sản xuất.",
        "Năng suất lúa bình quân đạt {n} tạ một héc ta, tăng so với vụ trước.",
        "Diện tích gieo cấy vụ đông xuân là {ha} ha, dùng giống ngắn ngày để tránh lụt sớm.",
        "Đàn trâu bò cày kéo hiện có {n} con, còn thiếu sức kéo cho vụ tới.",
        "Ban quản trị do ông {nguoi} làm chủ nhiệm, ông {nguoi2} làm kế toán trưởng.",
        "Mức khoán được ổn định trong ba năm, xã viên hưởng toàn bộ phần vượt khoán.",
        "Sâu rầy xuất hiện tại {thon}, đã phun thuốc {ha} ha, thiệt hại không đáng kể.",
    ),
    1976,
)

SCHOOLS = Matter(
    "schools",
    "giáo dục; trường học",
    ("Hồ sơ xây dựng trường học tại {noi}", "Báo cáo công tác giáo dục năm học {nam}, {huyen}"),
    (
        "thành lập trường phổ thông cơ sở {noi}",
        "xây dựng thêm phòng học tại {noi}",
        "tình hình năm học {nam} của {huyen}",
        "công tác bổ túc văn hóa, xóa nạn mù chữ tại {noi}",
    ),
    (
        "Trường có {n} lớp với {n2} học sinh, phần lớn là con em gia đình nông dân.",
        "Phòng học tranh tre đã hư hỏng, mùa mưa phải nghỉ học, đề nghị cho xây mới bằng gạch ngói.",
        "Phụ huynh đóng góp ngày công và {tien} đồng để mua bàn ghế.",
        "Số người thoát nạn mù chữ trong năm là {n}, tập trung ở {thon}.",
        "Thầy {nguoi} được cử làm hiệu trưởng, cô {nguoi2} phụ trách công tác thiếu nhi.",
        "Thư viện nhà trường mới có {n} đầu sách, còn thiếu sách giáo khoa lớp cuối cấp.",
    ),
)

HEALTH = Matter(
    "health",
    "y tế; vệ sinh",
    ("Hồ sơ xây dựng trạm y tế {noi}", "Báo cáo công tác phòng bệnh năm {nam}, {huyen}"),
    (
        "xây dựng trạm y tế {noi}",
        "công tác phòng chống dịch bệnh năm {nam} tại {huyen}",
        "tiêm chủng mở rộng cho trẻ em {noi}",
    ),
    (
        "Trạm y tế có {n} giường bệnh, một y sĩ, hai nữ hộ sinh và một dược tá.",
        "Đã tiêm chủng cho {n} cháu, đạt phần lớn số trẻ trong độ tuổi.",
        "Phong trào ba công trình vệ sinh được {thon} thực hiện tốt, có {n} giếng nước và {n2} nhà tắm.",
        "Thuốc nam trồng tại trạm đủ dùng cho các bệnh thông thường.",
        "Bệnh sốt rét giảm rõ rệt so với năm {nam_truoc}, không có trường hợp tử vong.",
    ),
)

ROADS = Matter(
    "roads",
    "giao thông; cầu đường",
    ("Hồ sơ sửa chữa cầu đường {huyen} năm {nam}", "Hồ sơ mở đường liên xã qua {noi}"),
    (
        "mở rộng đường {duong}, {huyen}",
        "sửa chữa cầu trên tuyến đường qua {noi}",
        "phân cấp quản lý đường giao thông nông thôn {huyen}",
        "làm đường liên xã đoạn qua {noi}",
    ),
    (
        "Tuyến đường dài {n} ki-lô-mét, nền rộng 6 mét, mặt đường cấp phối.",
        "Cầu bị hư hỏng trong chiến tranh, nay được sửa lại bằng dầm thép, tải trọng 10 tấn.",
        "Việc mở rộng đường {duong} ảnh hưởng đến {n} nhà, trong đó {n2} nhà phải dời hẳn.",
        "Khối lượng đá dăm cần {n} mét khối, lấy tại mỏ đá gần {thon}.",
        "Nhân dân {xa} tự nguyện hiến đất và đóng góp {n} ngày công làm đường.",
        "Hội đồng nghiệm thu đánh giá công trình đạt yêu cầu kỹ thuật, đưa vào sử dụng từ ngày {ngay_truoc}.",
    ),
)

HERITAGE = Matter(
    "heritage",
    "văn hóa; di tích",
    ("Hồ sơ xếp hạng di tích tại {noi}", "Hồ sơ tu bổ đình làng {thon}, {noi}"),
    (
        "bảo vệ di tích đình làng {thon}, {noi}",
        "tu bổ, tôn tạo di tích tại {noi}",
        "tổ chức lễ hội truyền thống tại {noi}",
        "sưu tầm tài liệu, hiện vật lịch sử địa phương năm {nam}",
    ),
    (
        "Đình làng {thon} dựng vào cuối thế kỷ XIX, kiến trúc ba gian hai chái, mái lợp ngói âm dương.",
        "Trong đình còn giữ {n} đạo sắc phong và một tấm bia đá chữ Hán.",
        "Khu vực bảo vệ một có diện tích {m2} mét vuông, không được xây dựng công trình mới.",
        "Cụ {nguoi} đã trao cho phòng văn hóa {n} tờ địa bạ cũ của làng.",
        "Lễ hội cầu ngư được tổ chức vào tháng hai âm lịch, có hát bả trạo và đua ghe.",
    ),
)

STAFFING = Matter(
    "staffing",
    "tổ chức; cán bộ",
    ("Hồ sơ về tổ chức bộ máy và biên chế năm {nam}", "Tập quyết định về cán bộ năm {nam}, {huyen}"),
    (
        "thành lập {don_vi}",
        "giao chỉ tiêu biên chế năm {nam} cho {don_vi}",
        "phân công nhiệm vụ lãnh đạo {don_vi}",
        "chia tách, điều chỉnh địa giới {xa}, {huyen}",
    ),
    (
        "Biên chế của {don_vi} năm {nam} là {n} người, giảm {n2} người so với năm {nam_truoc}.",
        "Ông {nguoi} được phân công phụ trách công tác tổng hợp, ông {nguoi2} phụ trách công tác cơ sở.",
        "Trụ sở đặt tại {noi}, có con dấu riêng và tài khoản tại ngân hàng.",
        "Chia {xa} thành hai xã mới, địa giới theo con mương và đường làng đã cắm mốc.",
        "Bộ phận văn thư, lưu trữ có trách nhiệm thu thập, lập hồ sơ và nộp lưu tài liệu đúng thời hạn.",
    ),
)

FINANCE = Matter(
    "finance",
    "tài chính; ngân sách",
    ("Hồ sơ quyết toán ngân sách năm {nam}, {huyen}", "Tập văn bản về thuế và giá cả năm {nam}"),
    (
        "giao dự toán thu chi ngân sách năm {nam} cho {huyen}",
        "quyết toán ngân sách năm {nam_truoc} của {don_vi}",
        "thu thuế nông nghiệp năm {nam} tại {huyen}",
        "giá bán lẻ một số mặt hàng thiết yếu năm {nam}",
    ),
    (
        "Tổng thu ngân sách {tien} đồng, đạt kế hoạch, trong đó thu tại xã chiếm một phần ba.",
        "Chi cho sự nghiệp giáo dục và y tế tăng, chi hành chính giảm so với năm {nam_truoc}.",
        "Thuế nông nghiệp thu bằng thóc {n} tấn, còn nợ {n2} tấn chuyển sang vụ sau.",
        "Các cửa hàng phải niêm yết giá, bán đúng định lượng theo quy định.",
        "Yêu cầu {don_vi} nộp báo cáo quyết toán trước ngày {ngay_truoc}.",
    ),
)

WELFARE = Matter(
    "welfare",
    "chính sách; đời sống",
    ("Hồ sơ cứu trợ đời sống nhân dân {huyen} năm {nam}", "Hồ sơ xây dựng kinh tế mới tại {noi}"),
    (
        "cứu trợ các gia đình thiếu đói giáp hạt tại {noi}",
        "đưa dân đi xây dựng vùng kinh tế mới {noi}",
        "xây dựng nghĩa trang liệt sĩ {noi}",
        "xây dựng nhà tình nghĩa tại {noi}",
    ),
    (
        "Có {n} hộ thiếu ăn từ một đến hai tháng, cần trợ cấp {n2} tấn gạo.",
        "Đợt này đưa {n} hộ đến nơi ở mới, mỗi hộ được cấp một nhà tranh và dụng cụ sản xuất.",
        "Nghĩa trang đặt tại gò cao gần {thon}, diện tích {m2} mét vuông, do nhân dân chăm sóc.",
        "Các đoàn thể quyên góp được {tien} đồng và nhiều quần áo, chăn màn.",
    ),
    1976,
)

FISHING = Matter(
    "fishing",
    "ngư nghiệp; thủ công nghiệp",
    ("Hồ sơ hợp tác xã đánh cá {noi}", "Hồ sơ nghề thủ công truyền thống {noi}"),
    (
        "thành lập tập đoàn đánh cá {noi}",
        "khôi phục nghề dệt chiếu tại {noi}",
        "cấp lưới sợi cho ngư dân {noi}",
        "bảo vệ nguồn lợi yến sào tại {noi}",
    ),
    (
        "Toàn xã có {n} ghe thuyền, trong đó {n2} chiếc có máy, sản lượng chủ yếu là cá nục và cá cơm.",
        "Nghề dệt chiếu thu hút {n} lao động lúc nông nhàn, sản phẩm bán qua hợp tác xã mua bán.",
        "Nước mắm {thon} được phép dùng nhãn hiệu riêng, chất lượng do ngành thương nghiệp kiểm tra.",
        "Ngư dân đề nghị được vay {tien} đồng để sửa ghe sau bão.",
    ),
)
