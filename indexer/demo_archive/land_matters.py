"""Matters of land: giving, surveying, disputing it.

Slots: {noi} commune and district, {xa} {huyen} {tinh} {thon} places, {nguoi} {nguoi2} people, {don_vi} a body, {ha}
hectares, {m2} square metres, {n} {n2} numbers, {tien} money, {nam} the year, {nam_truoc} the year before, {so_truoc} an
earlier number, {ngay_truoc} an earlier day, {duong} a street.
"""

from indexer.demo_archive.matter import Matter

LAND = Matter(
    "land",
    "đất đai; giao đất",
    (
        "Hồ sơ giao đất làm nhà ở tại {noi}",
        "Hồ sơ giao đất cho hợp tác xã nông nghiệp {xa}",
        "Tập quyết định giao đất xây dựng năm {nam}, {huyen}",
        "Hồ sơ giao đất làm nhà ở khu tập thể cán bộ, {huyen}",
        "Hồ sơ giao đất trồng rừng tại {noi}",
    ),
    (
        "giao đất làm nhà ở cho các hộ thuộc {noi}",
        "giao đất xây dựng trụ sở {don_vi} tại {noi}",
        "giao đất cho hợp tác xã nông nghiệp {xa} để sản xuất",
        "giao đất cho ông {nguoi} làm nhà ở tại {thon}, {noi}",
        "giao đất trồng rừng phòng hộ ven biển tại {noi}",
        "giao đất và thu hồi đất để mở rộng đường {duong}, {huyen}",
        "giao đất mở rộng trường cấp I, II {xa}",
    ),
    (
        "Giao {ha} ha đất tại {thon}, {noi} cho {don_vi} sử dụng vào mục đích xây dựng trụ sở làm việc.",
        "Diện tích đất nói trên được xác định theo tờ bản đồ số {n}, tỷ lệ 1/2000, đo vẽ năm {nam_truoc}.",
        "Hộ ông {nguoi} được giao {m2} mét vuông đất ở, phía Đông giáp đường làng, phía Tây giáp đất của ông {nguoi2}.",
        "Đất giao là đất màu bạc, năng suất thấp, không thuộc diện tích trồng lúa hai vụ của hợp tác xã.",
        "Ủy ban nhân dân {xa} có trách nhiệm cắm mốc ranh giới và bàn giao đất trên thực địa trong thời hạn {n} ngày.",
        "Người được giao đất phải sử dụng đúng mục đích, nếu quá 12 tháng không sử dụng thì đất được thu hồi.",
        "Số hoa màu trên đất được bồi thường theo giá quy định, tổng số tiền là {tien} đồng.",
        "Quỹ đất 5% của hợp tác xã nông nghiệp {xa} còn lại {ha} ha, phân bố tại {thon} và các xứ đồng lân cận.",
        "Đến nay đã có {n} hộ nhận đất, {n2} hộ đã làm nhà xong và ổn định chỗ ở.",
        "Việc giao đất phải ghi vào sổ địa chính và báo cáo về cơ quan quản lý ruộng đất trước ngày 25 hằng tháng.",
    ),
    1975,
)

LAND_REFORM_1956 = Matter(
    "land-1956",
    "điền địa; cấp đất",
    ("Hồ sơ cấp đất canh tác tại {noi}", "Hồ sơ truất hữu điền địa theo Dụ số 57, {huyen}"),
    (
        "giao đất truất hữu cho tá điền thuộc {noi}",
        "cấp đất canh tác cho các gia đình định cư tại {noi}",
        "giao đất công điền cho dân canh tác tại {thon}, {noi}",
    ),
    (
        "Nay cấp cho {n} tá điền có tên trong bảng đính hậu số ruộng đất truất hữu tọa lạc tại {noi}.",
        "Các tá điền phải trả giá tiền đất cho Chính phủ trong hạn sáu năm, mỗi năm một kỳ sau vụ gặt.",
        "Nghị định giao đất cho {n} tá điền {xa} được niêm yết tại trụ sở hội đồng xã trong mười lăm ngày.",
        "Đại diện chủ điền là ông {nguoi} đã nhận bản sao biên bản kiểm tra ruộng đất ngày {ngay_truoc}.",
        "Ruộng công điền công thổ tại {thon} được đấu giá lại, diện tích {ha} mẫu ta, thời hạn ba năm.",
        "Ông Trưởng ty Điền địa và ông Quận trưởng sở tại, chiếu nhiệm vụ, thi hành văn kiện này.",
        "Những đơn khiếu nại phải gửi đến Ty Điền địa trước ngày {ngay_truoc}, quá hạn sẽ không được cứu xét.",
    ),
    1955,
    1974,
)

SURVEY = Matter(
    "survey",
    "đo đạc; bản đồ",
    ("Hồ sơ đo đạc, lập bản đồ giải thửa {noi}", "Hồ sơ phân hạng ruộng đất {huyen} năm {nam}"),
    (
        "đo đạc, lập bản đồ giải thửa {noi}",
        "phân hạng đất tính thuế tại {noi}",
        "nghiệm thu bản đồ địa chính {noi}",
        "kết quả kiểm kê đất đai năm {nam} của {huyen}",
    ),
    (
        "Tổ đo đạc gồm {n} người, chia làm ba nhóm, bắt đầu từ {thon} và kết thúc tại ranh giới {xa}.",
        "Toàn xã có {n} tờ bản đồ tỷ lệ 1/1000 và {n2} tờ tỷ lệ 1/2000, đã đối soát với sổ mục kê.",
        "Diện tích tự nhiên là {ha} ha, trong đó đất nông nghiệp chiếm phần lớn, còn lại là đất ở và đất chuyên dùng.",
        "Sai số khép kín nằm trong giới hạn cho phép của quy phạm đo vẽ.",
        "Các mốc địa giới giữa {xa} và xã bên cạnh được hai bên thống nhất, lập biên bản ngày {ngay_truoc}.",
        "Kinh phí đo đạc là {tien} đồng, trích từ nguồn thu thuế nông nghiệp để lại.",
        "Những thửa có tranh chấp được khoanh riêng, gồm {n} thửa, có ghi chú trong sổ.",
    ),
    1956,
)

DISPUTE = Matter(
    "dispute",
    "khiếu nại; tranh chấp",
    ("Hồ sơ giải quyết khiếu nại về giao đất tại {noi}", "Hồ sơ giải quyết tranh chấp ranh giới đất tại {noi}"),
    (
        "giải quyết đơn khiếu nại của ông {nguoi}, {thon}, {noi}",
        "giải quyết tranh chấp đất giữa ông {nguoi} và ông {nguoi2} tại {noi}",
        "kết quả xác minh đơn của các hộ dân {thon}, {noi}",
        "khiếu nại quyết định giao đất tại {noi}",
    ),
    (
        "Ông {nguoi} trình bày thửa đất do cha mẹ để lại, gia đình canh tác liên tục từ trước năm {nam_truoc}.",
        "Ông {nguoi2} cho rằng phần đất này đã được xã giao lại theo quyết định số {so_truoc}.",
        "Tổ công tác đã mời hai bên đến trụ sở {xa} hòa giải hai lần nhưng không thành.",
        "Qua xác minh, diện tích thực tế là {m2} mét vuông, chênh lệch {n} mét vuông so với sổ đăng ký.",
        "Giữ nguyên hiện trạng sử dụng đất cho đến khi có quyết định cuối cùng của cấp có thẩm quyền.",
        "Các bên có quyền khiếu nại tiếp trong thời hạn {n} ngày kể từ ngày nhận được văn bản này.",
        "Ranh giới được xác định theo hàng tre cũ và con mương chạy dọc {thon}.",
    ),
)
