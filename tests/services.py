"""A server on this machine that answers as the pages of the geocoding services say they do."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import prcoords

KEY = "s3cr3t-k3y-0123456789"
ADDRESS = "郑州市管城回族区航海东路1号"
# A place in 管城回族区, WGS84, and what the services would say of it.
PLACE = (113.7000, 34.7200)
GCJ = prcoords.wgs_gcj((PLACE[1], PLACE[0]))


def amap(level="门牌号", adcode="410104", lon=None, lat=None):
    row = {
        "formatted_address": "河南省郑州市管城回族区航海东路1号",
        "country": "中国",
        "province": "河南省",
        "citycode": "0371",
        "city": "郑州市",
        "district": "管城回族区",
        "township": [],
        "neighborhood": {"name": [], "type": []},
        "building": {"name": [], "type": []},
        "adcode": adcode,
        "street": "航海东路",
        "number": "1号",
        "location": f"{lon or GCJ.lon:.6f},{lat or GCJ.lat:.6f}",
        "level": level,
    }
    return {"status": "1", "info": "OK", "infocode": "10000", "count": "1", "geocodes": [row]}


def baidu(level="门址", confidence=80):
    place = {"lng": GCJ.lon, "lat": GCJ.lat}
    told = {"location": place, "precise": 1, "confidence": confidence, "comprehension": 100}
    return {"status": 0, "result": {**told, "level": level}}


def tianditu(level="门址", score=97):
    place = {"score": score, "level": level, "lon": str(PLACE[0]), "lat": str(PLACE[1])}
    return {"msg": "ok", "location": {**place, "keyWord": ADDRESS}, "status": "0"}


NOTHING = {
    "amap": {"status": "1", "info": "OK", "infocode": "10000", "count": "0", "geocodes": []},
    "baidu": {"status": 1, "msg": "无相关结果", "results": []},
    "tianditu": {"msg": "无结果", "status": "404"},
}
GOOD = {"amap": amap, "baidu": baidu, "tianditu": tianditu}
BUSY = {
    "amap": {"status": "0", "info": "CUQPS_HAS_EXCEEDED_THE_LIMIT", "infocode": "10021"},
    "baidu": {"status": 401, "message": "当前并发量已经超过约定并发配额，限制访问"},
    "tianditu": {"msg": "系统繁忙", "status": "1"},
}
QUOTA = {
    "amap": {"status": "0", "info": "USER_DAILY_QUERY_OVER_LIMIT", "infocode": "10044"},
    "baidu": {"status": 302, "message": "天配额超限，限制访问"},
}
WRONG_KEY = {
    "amap": {"status": "0", "info": f"INVALID_USER_KEY {KEY}", "infocode": "10001"},
    "baidu": {"status": 240, "message": f"APP 服务被禁用 {KEY}"},
    "tianditu": {"msg": f"非法Key {KEY}", "code": 301001, "status": "2"},
}


class Server:
    """What was asked, and the answers that are given one after the other, the last one for ever.

    An answer is what JSON holds, bytes, (status, body, headers), or a way of not answering: `slam`
    closes the connection, `hang` says nothing until the server stops.
    """

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []
        self.over = threading.Event()

    def next(self):
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def serving(*answers):
    server = Server(*answers)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            server.asked.append(parse_qs(urlsplit(self.path).query))
            answer = server.next()
            if answer == "hang":
                server.over.wait(30)
            if answer in ("hang", "slam"):
                self.connection.close()
                return
            status, body, more = answer if isinstance(answer, tuple) else (200, answer, {})
            told = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            for name, value in more.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *_):
            pass

    web = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=web.serve_forever, args=(0.01,), daemon=True).start()
    server.url = f"http://127.0.0.1:{web.server_address[1]}/geo"
    try:
        yield server
    finally:
        server.over.set()
        web.shutdown()
        web.server_close()
